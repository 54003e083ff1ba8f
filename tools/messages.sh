#!/usr/bin/env bash
# Collects every text of the interface into the catalogues (src/xinqiao/**/locale/zh_Hans/LC_MESSAGES/django.po)
# and says what is left to translate. Usage: tools/messages.sh      (PYTHON=... to use another interpreter)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
python="${PYTHON:-$root/.venv/bin/python}"
left=""

# The package's own catalogue first: that run also touches those of the folders, which then collect their own.
for folder in "$root/src/xinqiao" $(find "$root/src/xinqiao" -mindepth 2 -type d -name locale -printf '%h\n' | sort); do
    po="$folder/locale/zh_Hans/LC_MESSAGES/django.po"
    cd "$folder"
    # Settings without LOCALE_PATHS: the catalogue is the folder locale/ here.
    "$python" -m django makemessages --settings=django.conf.global_settings \
        --locale zh_Hans --no-wrap --no-obsolete --add-location file --ignore 'static/*' >&2
done
for po in $(find "$root/src/xinqiao" -name django.po | sort); do
    sed -i '/^"POT-Creation-Date:/d' "$po" # it changes with every run and says nothing
    echo "${po#"$root"/}" >&2
    msgfmt --check --statistics --output-file="${po%.po}.mo" "$po"
    left+="$(msgattrib --untranslated "$po"; msgattrib --only-fuzzy "$po")"
done
if [ -n "$left" ]; then
    printf '%s\n' "$left" | sed -n '/^#:/,$p' >&2
    echo "Give the texts above a translation in their catalogue (and remove the mark \"fuzzy\")." >&2
    exit 1
fi

#!/usr/bin/env bash
# Collects every text of the interface into src/xinqiao/locale/zh_Hans/LC_MESSAGES/django.po and says what is left
# to translate. Usage: tools/messages.sh            (PYTHON=... to use another interpreter)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
python="${PYTHON:-$root/.venv/bin/python}"
po="$root/src/xinqiao/locale/zh_Hans/LC_MESSAGES/django.po"

cd "$root/src/xinqiao"
# Settings without LOCALE_PATHS: the catalogue is the folder locale/ here.
"$python" -m django makemessages --settings=django.conf.global_settings \
    --locale zh_Hans --no-wrap --no-obsolete --add-location file --ignore 'static/*' >&2
sed -i '/^"POT-Creation-Date:/d' "$po" # it changes with every run and says nothing
msgfmt --check --statistics --output-file="${po%.po}.mo" "$po"
left="$(msgattrib --untranslated "$po"; msgattrib --only-fuzzy "$po")"
if [ -n "$left" ]; then
    printf '%s\n' "$left" | sed -n '/^#:/,$p' >&2
    echo "Give the texts above a translation in ${po#"$root"/} (and remove the mark \"fuzzy\")." >&2
    exit 1
fi

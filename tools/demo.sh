#!/usr/bin/env bash
# The demonstration city in XINQIAO_HOME (./var), made on the first run; web server and worker in the
# foreground until Ctrl-C. Called by `make demo`.
set -euo pipefail
cd "$(dirname "$0")/.."

export XINQIAO_HOME="${XINQIAO_HOME:-$PWD/var}"
port="${PORT:-8000}"
url="http://127.0.0.1:$port/"
export XINQIAO_ADDRESS="${XINQIAO_ADDRESS:-${url%/}}" # as it stands in messages to citizens
logins="$XINQIAO_HOME/demo.txt"
unfinished="$XINQIAO_HOME/demo.unfinished"

say() { echo "make demo: $*" >&2; }

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

if listens; then
    say "port $port is taken: end the program that has it, or choose another: make demo PORT=8001"
    exit 1
fi

if [ -e "$unfinished" ]; then
    say "the last city was not finished: starting over"
    rm -rf "$XINQIAO_HOME"/xinqiao.sqlite3* "$XINQIAO_HOME/evidence" "$unfinished"
fi
if [ ! -e "$logins" ]; then
    if [ -e "$XINQIAO_HOME/xinqiao.sqlite3" ]; then
        say "$XINQIAO_HOME holds another platform: choose a folder with XINQIAO_HOME=folder make demo"
        exit 1
    fi
    mkdir -p "$XINQIAO_HOME"
    touch "$unfinished"
    if ! .venv/bin/xinqiao demo --size "${SIZE:-small}" >"$unfinished.txt"; then
        say "the city could not be made (above); the next make demo starts over"
        exit 1
    fi
    mv "$unfinished.txt" "$logins"
    rm "$unfinished"
fi

processes=()
stop() {
    trap '' INT TERM
    [ "${#processes[@]}" -eq 0 ] || kill -TERM "${processes[@]}" 2>/dev/null || true
    wait || true
}
trap stop EXIT
trap 'exit 0' INT TERM # asked to end, it ends: no fault

.venv/bin/xinqiao serve --port "$port" &
processes+=($!)
.venv/bin/xinqiao work &
processes+=($!)

until listens; do
    kill -0 "${processes[@]}" 2>/dev/null || exit 1 # it has said why
    sleep 0.2
done
cat "$logins"
echo
echo "Citizens: $url"
echo "Staff:    ${url}desk/"
echo "Ctrl-C ends it."

wait -n && status=0 || status=$?
say "web server or worker ended; ending the other"
exit "$status"

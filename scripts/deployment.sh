# What scripts/backup, scripts/restore and scripts/upgrade share. They are for docker-compose.yml, and need Docker alone.
# shellcheck shell=sh

# Wherever they are called from, the compose file and `.env` are here.
cd "$(dirname "$0")/.."

say() {
    printf '%s\n' "$*"
}

# Ends with 1. The words tell what was not done, what stands as it was, and what to do now.
stop() {
    printf '\nStopped: %s\n' "$*" >&2
    exit 1
}

in_postgres() {
    docker compose exec -T postgres "$@"
}

# The names of the program's processes that run, one a line.
running_processes() {
    docker compose ps --services --status running | grep '^app-[1-9]$' | sort || true
}

# `proxy` when the one of the compose file runs, or tries to. Nothing where a proxy of one's own lets people in.
running_proxy() {
    docker compose ps --services --status running --status restarting | grep -x proxy || true
}

# Starts these processes, or replaces those whose image or settings are others now, and waits until they are ready.
start_processes() {
    docker compose up --detach --no-deps --no-build --wait --wait-timeout 120 "$@"
}

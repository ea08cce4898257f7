#!/bin/sh
# A PostgreSQL server of our own for tests, from Debian's packages, reachable by a socket in its folder only.
#   scripts/postgresql.sh start FOLDER   makes a cluster in FOLDER (installing PostgreSQL where it is missing), starts it,
#                                        and prints the address of its database "kehoach" on standard output
#   scripts/postgresql.sh stop FOLDER    stops it
set -eu

stop() {
    printf 'postgresql: %s\n' "$*" >&2
    exit 1
}

[ $# = 2 ] || stop "usage: scripts/postgresql.sh start|stop FOLDER"
folder=$2

binaries() {
    find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

# The server refuses to run as root; there the system's user for it does.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 || stop "PostgreSQL is missing and there is no apt-get here; install it by hand"
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -q >&2 || printf 'postgresql: apt-get update failed; trying with the lists at hand\n' >&2
    # Debian would start a cluster of its own on the standard port.
    $sudo mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql >&2 ||
        stop "apt-get could not install postgresql; install it by hand"
}

case $1 in
start)
    [ -n "$(binaries)" ] || install_packages
    bin=$(binaries)
    [ -n "$bin" ] || stop "PostgreSQL's programs were not found below /usr/lib/postgresql"
    mkdir -p "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    as_server "$bin/initdb" --pgdata "$folder/data" --username kehoach --auth trust --encoding UTF8 --no-locale \
        --no-sync >&2
    as_server "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait \
        --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >&2
    as_server "$bin/createdb" --host "$folder" --username kehoach kehoach >&2
    printf 'postgresql://kehoach@/kehoach?host=%s\n' "$folder"
    ;;
stop)
    as_server "$(binaries)/pg_ctl" --pgdata "$folder/data" --mode fast stop >&2
    ;;
*)
    stop "usage: scripts/postgresql.sh start|stop FOLDER"
    ;;
esac

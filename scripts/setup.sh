#!/bin/sh
# Makes .venv with kehoach and what its tests need, in the exact versions of requirements.lock.
# Needs Python 3.11 or newer with its venv module and header files, a C compiler, for scans Tesseract with its data for
# Vietnamese, and for DOC, RTF, ODT and HTML LibreOffice. Where these are missing and the system is Debian's kind, it installs them with apt, as root or with
# sudo; otherwise it says in words what to install.
set -eu
cd "$(dirname "$0")/.."

stop() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# apt_install WHAT-FOR PACKAGE...: installs Debian packages, or says why it cannot and what to do.
apt_install() {
    purpose=$1
    shift
    command -v apt-get >/dev/null 2>&1 ||
        stop "$purpose is missing and there is no apt-get here; install it by hand, then run make again"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null 2>&1; then
        sudo=sudo
    else
        stop "$purpose is missing; as root run: apt-get install $* (then run make again)"
    fi
    printf 'setup: %s is missing; installing %s with apt\n' "$purpose" "$*" >&2
    $sudo apt-get update -q >&2 || printf 'setup: apt-get update failed; trying with the lists at hand\n' >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y "$@" >&2 ||
        stop "$purpose is missing and apt-get could not install $*; install it by hand, then run make again"
}

[ -z "${PYTHON:-}" ] || new_enough "$PYTHON" || stop "PYTHON=$PYTHON is no Python 3.11 or newer"
python=$(find_python)
if [ -z "$python" ]; then
    apt_install "Python 3.11 or newer" python3 python3-venv
    python=$(find_python)
    [ -n "$python" ] || stop "this system's python3 is older than 3.11; install Python 3.11 or newer, then run" \
        "make PYTHON=/path/to/python3.11"
fi

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "the venv module of Python $version" "python$version-venv"
    "$python" -c 'import ensurepip, venv' || stop "the venv module of $python is still missing"
fi

# Restoration's inner loops are compiled.
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || apt_install "a C compiler" gcc libc6-dev
has_headers() {
    "$python" -c 'import pathlib, sys, sysconfig
sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())'
}
has_headers || apt_install "the header files of Python $version" "python$version-dev"
has_headers || stop "the header files of $python are still missing"

# Scans are read by Tesseract with Debian's data for Vietnamese; without it all else still works.
reads_vietnamese() {
    command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie
}
reads_vietnamese || (apt_install "Tesseract for Vietnamese" tesseract-ocr tesseract-ocr-vie) || true
reads_vietnamese || printf 'setup: without Tesseract and its data for Vietnamese scans cannot be read\n' >&2

# DOC, RTF, ODT and HTML are read by way of LibreOffice; without it all else still works.
has_office() {
    command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1
}
has_office || (apt_install "LibreOffice" --no-install-recommends libreoffice-writer-nogui) || true
has_office || printf 'setup: without LibreOffice files in DOC, RTF, ODT and HTML cannot be read\n' >&2

# A venv that was moved or whose Python is gone cannot be mended.
new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 || {
    rm -rf .venv
    "$python" -m venv .venv
}

rm -f pipeline/restore/*.cpython-*.so # made before one build served every Python; they would be imported first
.venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev,all]' ||
    stop "the Python packages could not be installed; see pip's words above (is the package index within reach?)"
# Reads scans in three quarters of the time; where no wheel of it fits this system, the program tesseract reads them.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --only-binary :all: \
    tesserocr >/dev/null 2>&1 || true
# Follows what the code does with damaged inputs (make fuzz); of each Python another version has the wheel.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: atheris >/dev/null 2>&1 || true
touch .venv/.ready

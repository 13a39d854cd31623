#!/bin/sh
# Runs the steps of service/Dockerfile in a clean root, where no container engine is: sudo tools/image_root.sh FOLDER
# Needs debootstrap, root and a network. What the image copies is copied, each RUN is run, and the commands are asked as the image's user.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
root=${1:?a folder for the root}
debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates trixie "$root"
ln -s python3 "$root/usr/bin/python"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt" # with those of this place's own proxy
mkdir -p "$root/src"
cp -r "$here/pyproject.toml" "$here/README.md" "$here/LICENSE" "$here/src" "$here/service" "$root/src/"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
sed -e '/^[[:space:]]*#/d' -e ':a' -e '/\\$/{N;s/\\\n//;ta}' "$here/service/Dockerfile" | sed -n 's/^RUN //p' | while read -r step; do
  echo "RUN $step"
  chroot "$root" sh -ec "cd /src; $step" < /dev/null
done
chroot "$root" su -s /bin/sh vnadmin -c '
  export PATH=/opt/vnadmin/bin:$PATH VNADMIN_DATA_DIR=/data
  cd /data
  vnadmin --version && vnadmin doctor && vnadmin index --help > /dev/null && python -m vnadmin.samples --out /data/demo
  timeout 90 vnadmin serve &
  sleep 30
  python -c "import urllib.request as u; print(\"readyz\", u.urlopen(\"http://127.0.0.1:8000/readyz\", timeout=9).status)"'

#!/bin/sh
# 离线安装，不访问任何软件源 · Installs offline, without any registry.
#
#   sudo ./install.sh                 装到 /opt/key-account-approvals，并登记 systemd 服务 · into /opt, with a systemd service
#   ./install.sh --to DIR             只装到 DIR，不登记服务（普通用户亦可）· into DIR alone, also as an ordinary user
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
name=key-account-approvals
to=''
while [ $# -gt 0 ]; do
  case "$1" in
    --to) to=${2:?--to 需要目录 needs a folder}; shift 2 ;;
    *) sed -n '2,6p' "$here/install.sh"; exit 2 ;;
  esac
done

fail() { printf '✗ %s\n' "$1" >&2; exit 1; }
say() { printf '%s\n' "$1"; }

say '核对文件 · checking the files …'
(cd "$here" && sha256sum --quiet --check SHA256SUMS) || fail '文件不完整或被改动，请重新拷贝 · files are missing or changed: copy the package again'
"$here/bin/node" --version >/dev/null 2>&1 || fail "本包不适用于此机器（$(uname -m)）· this package is not for this machine ($(uname -m))"
case "$(locale -a 2>/dev/null || true)" in
  *C.[Uu][Tt][Ff]*) ;;
  *) fail '缺少 C.UTF-8 区域设置，内置数据库无法识别中文 · the locale C.UTF-8 is missing: the embedded database could not read Chinese' ;;
esac

if [ -n "$to" ]; then
  mkdir -p "$to"
  [ -z "$(ls -A "$to")" ] || fail "$to 不是空目录 · is not empty"
  cp -R "$here/." "$to/"
  say "✓ 已装到 $to · installed"
  say "启动 · start: DATA_DIR=/path/of/data $to/bin/approvals start"
  exit 0
fi

[ "$(id -u)" = 0 ] || fail '请用 sudo 运行，或用 --to 指定目录 · run it with sudo, or give --to DIR'
version=$("$here/bin/node" -p "require('$here/app/package.json').version")
target="/opt/$name/$version"
[ ! -e "$target" ] || fail "$target 已存在 · is there already"
id "$name" >/dev/null 2>&1 || useradd --system --user-group --home-dir "/var/lib/$name" --shell /usr/sbin/nologin "$name"
mkdir -p "/opt/$name" "/etc/$name"
cp -R "$here" "$target"
chown -R root:root "$target"
ln -sfn "$target" "/opt/$name/current"
[ -f "/etc/$name/settings.env" ] || cp "$here/systemd/settings.env" "/etc/$name/settings.env"
chown -R "root:$name" "/etc/$name"
chmod 750 "/etc/$name"
chmod 640 "/etc/$name/settings.env"
cp "$here"/systemd/*.service "$here"/systemd/*.target /etc/systemd/system/
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  say "✓ 已安装 $version。启动 · start: systemctl enable --now $name"
else
  say "✓ 已安装 $version；本机未运行 systemd · installed; systemd does not run here"
fi
say "设置 · settings: /etc/$name/settings.env"
say "首位管理员的设置码 · the code for the first administrators: journalctl -u $name"

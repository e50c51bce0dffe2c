#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""standin-manifest.py MANIFEST FOLDER BRANCH: prints the manifest as it is built where there is no Flathub, changed as little as can be.

The runtime is the one that make-standin has made. The sources of modules are those that ./dev has put into FOLDER/sources (sources.txt):
one that is upstream's own goes to where flatpak-builder looks before it downloads, the manifest's source stays; another one takes its place.
"""
import hashlib
import json
import os
import shutil
import sys

import yaml

HERE = os.path.dirname(os.path.realpath(__file__))
PROJECT = os.path.realpath(os.path.join(HERE, '..', '..'))
# They come with the runtime: platform-packages.txt says why.
LEFT_OUT = ('libspelling', 'poppler')
# Debian's archive was repacked without what is made from the rest.
BESIDE = {'gmime': [{'type': 'script', 'dest-filename': 'autogen.sh', 'commands': ['touch ChangeLog', 'gtkdocize', 'autoreconf --force --install --verbose']}]}


def load(path):
    with open(path, encoding='utf-8') as f:
        return yaml.safe_load(f)


def modules(manifest):
    """the manifest's modules, those in files of their own read"""
    return [load(os.path.join(HERE, module)) if isinstance(module, str) else module for module in manifest['modules']]


def fetched():
    """module → name of the file and checksum"""
    found = {}
    with open(os.path.join(HERE, 'sources.txt'), encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                module, path, checksum = line.split()
                found[module] = os.path.basename(path), checksum
    return found


def change(module, folder, sources):
    name = module['name']
    for source in module['sources']:
        if source['type'] == 'dir':
            source['path'] = PROJECT
    if name not in sources:
        return
    path, checksum = os.path.join(folder, 'sources', sources[name][0]), sources[name][1]
    with open(path, 'rb') as f:
        assert hashlib.file_digest(f, 'sha256').hexdigest() == checksum, '%s is not what sources.txt says' % path
    theirs = next((source for source in module['sources'] if source.get('sha256') == checksum), None)
    if theirs:
        place = os.path.join(folder, 'state', 'downloads', checksum)
        os.makedirs(place, exist_ok=True)
        shutil.copyfile(path, os.path.join(place, os.path.basename(theirs['url'])))
    else:
        module['sources'] = [{'type': 'archive', 'path': path, 'sha256': checksum}] + BESIDE.get(name, [])


def main(path, folder, branch):
    manifest = load(path)
    manifest['runtime'], manifest['sdk'], manifest['runtime-version'] = 'org.mostrador.StandIn.Platform', 'org.mostrador.StandIn.Sdk', branch
    manifest['modules'] = [module for module in modules(manifest) if module['name'] not in LEFT_OUT]
    sources = fetched()
    for module in manifest['modules']:
        change(module, folder, sources)
    # As ./dev has it for its other builds: headers that were read once for all.
    manifest['modules'][-1].setdefault('build-options', {})['env'] = {'CCACHE_SLOPPINESS': 'pch_defines,time_macros', 'CCACHE_NOHASHDIR': '1'}
    json.dump(manifest, sys.stdout, indent=2)


if __name__ == '__main__':
    main(*sys.argv[1:])

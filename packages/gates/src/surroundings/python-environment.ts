/**
 * A Python program that gives a worktree a virtual environment of its own, `.venv`: the same interpreter and packages as
 * the user's, and every editable install that leads into the user's checkout leads into the worktree instead.
 *
 * A `.pth` file that is only on `sys.path` is not carried out, so the user's site-packages are added as plain folders,
 * and their `.pth` files, and the modules that those import, are brought over with their paths changed. Roots come after
 * the standard library, as site-packages do. Arguments: checkout roots, then `--`, then the worktree.
 *
 * Prints `arranged: N` with the number of paths that were changed, or `nothing`.
 */
export const PYTHON_ARRANGER: string = String.raw`
import sys
sys.path[0:1] = []
import importlib.util, os, re, shutil, site, subprocess, sysconfig
cut = sys.argv.index("--")
roots, worktree = sys.argv[1:cut], sys.argv[cut + 1]
roots = sorted(set(roots + [os.path.realpath(root) for root in roots]), key=len, reverse=True)
expression = re.compile("(?<![\\w.@%+/-])(?:" + "|".join(map(re.escape, roots)) + ")(?![\\w.@%+-])")
changed = 0
def moved(text):
    global changed
    def one(match):
        global changed
        if text.startswith(worktree, match.start()): return match.group()
        changed += 1
        return worktree
    return expression.sub(one, text)
def inside(path):
    real = os.path.realpath(path)
    return any(p == root or p.startswith(root + os.sep) for root in roots for p in (path, real)) and not (path + os.sep).startswith(worktree + os.sep)
places = []
for place in site.getsitepackages() + ([site.getusersitepackages()] if site.ENABLE_USER_SITE else []):
    if os.path.isdir(place) and place not in places: places.append(place)
def read(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file: return file.read()
    except OSError: return ""
leads = False
venv = sys.prefix != sys.base_prefix
for place in places:
    if inside(place): leads = True
    for name in os.listdir(place):
        if name.endswith((".pth", ".egg-link")) or (name.startswith(("__editable__", "_")) and name.endswith(".py")):
            if expression.search(read(os.path.join(place, name))): leads = True
# The project's own packages, where they are installed, come from the worktree.
own_roots = []
for pair in filter(None, os.environ.get("GUMP_PACKAGES", "").split("\n")):
    name, folder = pair.split("=", 1)
    try: spec = importlib.util.find_spec(name.split(".")[0])
    except Exception: continue
    if spec is None: continue
    found = list(spec.submodule_search_locations or []) + ([spec.origin] if spec.origin and os.path.isabs(spec.origin) else [])
    outside = [path for path in found if any(os.path.realpath(path).startswith(os.path.realpath(place) + os.sep) for place in places) or inside(path)]
    if not outside: continue
    leads = True
    compiled = [file for path in outside if os.path.isdir(path) and not inside(path) for _, _, files in os.walk(path) for file in files if file.endswith((".so", ".pyd"))]
    root = os.path.join(worktree, folder) if folder else worktree
    if not compiled and root not in own_roots: own_roots.append(root)
leads = leads or any(inside(path) for path in sys.path if path and os.path.isabs(path))
if not leads and not venv:
    print("nothing")
    sys.exit()
target = os.path.join(worktree, ".venv")
if os.path.lexists(target):
    print("nothing")
    sys.exit()
base = getattr(sys, "_base_executable", sys.executable) or sys.executable
subprocess.run([base, "-I", "-m", "venv", "--without-pip", target], check=True)
version = "python%d.%d" % sys.version_info[:2]
own = os.path.join(target, "lib", version, "site-packages")
lines = list(own_roots)
imports = []
def bring(place, name):
    source = os.path.join(place, name)
    text = read(source)
    with open(os.path.join(own, name), "w", encoding="utf-8", errors="surrogateescape") as file: file.write(moved(text))
for place in places:
    # As the interpreter does it: the folder, then what its path files add.
    lines.append(place)
    for name in sorted(os.listdir(place)):
        path = os.path.join(place, name)
        if name.endswith(".pth"):
            for line in read(path).splitlines():
                text = line.strip()
                if not text or text.startswith("#"): continue
                if text.startswith(("import ", "import\t")):
                    for module in re.findall(r"[A-Za-z_][\w.]*", text.split(";", 1)[0][7:]):
                        for file in (module + ".py",):
                            if os.path.isfile(os.path.join(place, file)) and not os.path.exists(os.path.join(own, file)): bring(place, file)
                    imports.append(moved(text))
                else:
                    full = text if os.path.isabs(text) else os.path.join(place, text)
                    lines.append(moved(full) if inside(full) or expression.search(full) else full)
        elif name.endswith(".egg-link"):
            bring(place, name)
# What an editable install left beside the sources: its metadata is ignored by git, and so is not in the worktree.
for root in roots:
    for folder in (root, os.path.join(root, "src")):
        if not os.path.isdir(folder): continue
        for name in os.listdir(folder):
            source, to = os.path.join(folder, name), os.path.join(own, name)
            if name.endswith(".egg-info") and os.path.isdir(source) and not os.path.exists(to): shutil.copytree(source, to)
# One file for each import: one that fails ends its file only.
for number, content in enumerate(["\n".join(dict.fromkeys(lines))] + list(dict.fromkeys(imports))):
    with open(os.path.join(own, "zz_gump_%03d.pth" % number), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(content + "\n")
# Programs of the environment, with this environment's interpreter.
scripts = os.path.dirname(sys.executable) if venv else sysconfig.get_path("scripts")
mine = os.path.join(target, "bin")
python = os.path.join(mine, "python")
if os.path.isdir(scripts):
    for name in os.listdir(scripts):
        source, to = os.path.join(scripts, name), os.path.join(mine, name)
        if name.startswith(("python", "pip", "activate", "Activate")) or os.path.lexists(to) or not os.path.isfile(source): continue
        if not venv and not os.access(source, os.X_OK): continue
        with open(source, "rb") as file: head = file.read(4096)
        first = head.split(b"\n", 1)[0]
        if first.startswith(b"#!") and b"python" in first:
            body = read(source).split("\n", 1)[1]
            with open(to, "w", encoding="utf-8", errors="surrogateescape") as file: file.write("#!" + python + "\n" + moved(body))
            os.chmod(to, 0o755)
        elif head.startswith(b"#!/bin/sh\n'''exec'"):
            body = read(source).split("\n", 3)[3]
            with open(to, "w", encoding="utf-8", errors="surrogateescape") as file: file.write("#!" + python + "\n" + moved(body))
            os.chmod(to, 0o755)
        elif venv: os.symlink(source, to)
print("arranged: %d" % changed)
`

/** Shell text that arranges the environment: `GUMP_PYTHON` is the interpreter, `GUMP_PROGRAM` the program above. */
export const PYTHON_ARRANGEMENT: string = `"$GUMP_PYTHON" -B -c "$GUMP_PROGRAM"`

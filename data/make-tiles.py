"""Makes tiles-inside.tsv: the places of every province as tiles, from the outlines in an npm package.

    npm pack echarts@4.9.0 && tar xzf echarts-4.9.0.tgz
    python3 data/make-tiles.py package/map/json/province > data/tiles-inside.tsv

1. Outlines are decoded; two places border if at least two corners of one's outline lie within 0.02 degrees of the other's (less
   in a small province).
2. A layout is a place for each in a grid that is about as wide and high as the province. Simulated annealing (seeded, so that the
   same input gives the same file) moves one place to a free cell or swaps two. What it makes small: pairs that border and do not
   touch (side or corner), by far the most; pairs that touch and do not border; how far the direction from one neighbour to
   the other is turned; empty cells between.
"""
import glob, json, math, random, sys, os

HERE = os.path.dirname(os.path.abspath(__file__))
MERGED = {"莱芜市": "济南市"}
# Founded after the outlines were drawn: about where, and which places it lies in or beside.
YOUNG = {
    "胡杨河市": ((84.8, 44.7), ["塔城地区", "克拉玛依市"]),
    "新星市": ((93.7, 42.8), ["哈密市"]),
    "白杨市": ((82.9, 46.5), ["塔城地区"]),
}
RENAMED = {"那曲地区": "那曲市", "武隆县": "武隆区", "梁平县": "梁平区"}


def ring(text, offset):
    points, (x, y) = [], offset
    for i in range(0, len(text) - 1, 2):
        dx, dy = ord(text[i]) - 64, ord(text[i + 1]) - 64
        x += (dx >> 1) ^ -(dx & 1)
        y += (dy >> 1) ^ -(dy & 1)
        points.append((x / 1024, y / 1024))
    return points


def rings(geometry):
    """All outlines; most files hold them encoded, one as numbers."""
    found = []

    def walk(shape, offset):
        if isinstance(shape, str):
            found.append(ring(shape, offset))
        elif shape and isinstance(shape[0][0], (int, float)):
            found.append([(p[0], p[1]) for p in shape[:: len(shape) // 600 + 1]])
        else:
            for at, inner in enumerate(shape):
                walk(inner, offset[at] if offset and at < len(offset) else None)

    walk(geometry["coordinates"], geometry.get("encodeOffsets"))
    return found


def middle(shapes):
    """The centroid of the largest ring, and its area."""
    best = (0, 0, 0)
    for points in shapes:
        area = cx = cy = 0
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
            cross = x1 * y2 - x2 * y1
            area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
        if abs(area) > best[0]:
            best = (abs(area), cx / (3 * area), cy / (3 * area))
    return best[1:]


def near(p, a, b, eps):
    (px, py), (ax, ay), (bx, by) = p, a, b
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    t = 0 if length == 0 else max(0, min(1, ((px - ax) * dx + (py - ay) * dy) / length))
    return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2 <= eps * eps


def borders(a, b, eps):
    """How many corners of a lie on b's outline."""
    ax0, ax1 = min(p[0] for r in a for p in r) - eps, max(p[0] for r in a for p in r) + eps
    ay0, ay1 = min(p[1] for r in a for p in r) - eps, max(p[1] for r in a for p in r) + eps
    segments = [
        (p, q)
        for r in b
        for p, q in zip(r, r[1:] + r[:1])
        if ax0 <= max(p[0], q[0]) and min(p[0], q[0]) <= ax1 and ay0 <= max(p[1], q[1]) and min(p[1], q[1]) <= ay1
    ]
    x0, x1 = min(p[0] for r in b for p in r) - eps, max(p[0] for r in b for p in r) + eps
    y0, y1 = min(p[1] for r in b for p in r) - eps, max(p[1] for r in b for p in r) + eps
    count = 0
    for r in a:
        for p in r:
            if x0 <= p[0] <= x1 and y0 <= p[1] <= y1 and any(near(p, s, q, eps) for s, q in segments):
                count += 1
    return count


def kept_of(where, edges):
    return sum(max(abs(where[a][0] - where[b][0]), abs(where[a][1] - where[b][1])) == 1 for a, b in edges)


def layout(names, pairs, mids, seed, turn, apart):
    """Cells by name, and how many pairs touch; `turn` is what a turned direction costs, `apart` what neighbours cost
    that do not touch."""
    if len(names) == 1:
        return {names[0]: (0, 0)}, 0
    chance = random.Random(seed)
    lat = sum(y for _, y in mids.values()) / len(mids)
    at = {n: (x * math.cos(math.radians(lat)), -y) for n, (x, y) in mids.items()}
    w = max(p[0] for p in at.values()) - min(p[0] for p in at.values())
    h = max(p[1] for p in at.values()) - min(p[1] for p in at.values())
    x0, y0 = min(p[0] for p in at.values()), min(p[1] for p in at.values())
    cells = len(names) * 1.7
    columns = max(2, min(9, round(math.sqrt(cells * max(w, .01) / max(h, .01)))))
    rows = max(2, min(8, math.ceil(cells / columns)))
    columns = max(columns, min(9, math.ceil(cells / rows)))
    index = {n: i for i, n in enumerate(names)}
    edges = [(index[a], index[b]) for a, b in pairs]
    of = [[] for _ in names]
    for a, b in edges:
        of[a].append(b)
        of[b].append(a)
    want = []
    for n in names:
        x, y = at[n]
        want.append(((y - y0) / max(h, .01) * (rows - 1), (x - x0) / max(w, .01) * (columns - 1)))
    direction = {}
    for a, b in edges:
        dx, dy = at[names[b]][0] - at[names[a]][0], at[names[b]][1] - at[names[a]][1]
        d = math.hypot(dx, dy) or 1
        direction[a, b], direction[b, a] = (dy / d, dx / d), (-dy / d, -dx / d)
    linked = [set(o) for o in of]

    def cost(i, cell, where, grid):
        r, c = cell
        total = 0.06 * math.hypot(r - want[i][0], c - want[i][1])
        for j in of[i]:
            rr, cc = where[j]
            dr, dc = rr - r, cc - c
            far = max(abs(dr), abs(dc))
            if far > 1:
                total += apart + 0.5 * (far - 1)
            elif dr and dc:
                total += 0.15
            d = math.hypot(dr, dc) or 1
            ur, uc = direction[i, j]
            total += turn * (1 - (dr * ur + dc * uc) / d)
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            j = grid.get((r + dr, c + dc))
            if j is None:
                total += 0.04
            elif j != i and j not in linked[i]:
                total += 0.25
        return total

    best = None
    for attempt in range(3):
        if best and kept_of(best[1], edges) >= 0.85 * len(edges):
            break
        where, grid = [None] * len(names), {}
        order = sorted(range(len(names)), key=lambda i: (want[i], i))
        for i in order:
            free = [(r, c) for r in range(rows) for c in range(columns) if (r, c) not in grid]
            cell = min(free, key=lambda p: (math.hypot(p[0] - want[i][0], p[1] - want[i][1]), p))
            where[i], grid[cell] = cell, i
        steps = 2500 * len(names)
        for step in range(steps):
            heat = 1.5 * (1 - step / steps) ** 2 + 0.01
            i = chance.randrange(len(names))
            if chance.random() < 0.5:
                r, c = where[i]
                cell = (r + chance.randint(-1, 1), c + chance.randint(-1, 1))
            else:
                cell = (chance.randrange(rows), chance.randrange(columns))
            if not (0 <= cell[0] < rows and 0 <= cell[1] < columns) or cell == where[i]:
                continue
            old, j = where[i], grid.get(cell)
            before = cost(i, old, where, grid) + (cost(j, cell, where, grid) if j is not None else 0)
            where[i], grid[cell] = cell, i
            if j is None:
                del grid[old]
            else:
                where[j], grid[old] = old, j
            after = cost(i, cell, where, grid) + (cost(j, old, where, grid) if j is not None else 0)
            if after > before and chance.random() >= math.exp((before - after) / heat):
                where[i], grid[old] = old, i
                if j is None:
                    del grid[cell]
                else:
                    where[j], grid[cell] = cell, j
        total = sum(cost(i, where[i], where, grid) for i in range(len(names)))
        if best is None or total < best[0]:
            best = (total, list(where))
    where = best[1]
    r0, c0 = min(r for r, _ in where), min(c for _, c in where)
    kept = kept_of(where, edges)
    return {n: (where[i][0] - r0, where[i][1] - c0) for n, i in index.items()}, kept


def main():
    lines = [l.rstrip("\n").split("\t") for l in open(os.environ.get("PLACES") or os.path.join(HERE, "places.tsv"), encoding="utf-8")]
    here = {l[0]: l for l in lines if len(l) < 7 or not l[6]}
    provinces = {l[0]: l[1] for l in here.values() if l[0].isdigit() and (len(l) < 3 or not l[2])}
    children = {}
    for l in here.values():
        if len(l) > 2 and l[2] in provinces:
            children.setdefault(l[2], []).append(l[1])
    known = {name for names in children.values() for name in names}
    by_names = {frozenset(names): code for code, names in children.items()}
    print("# Places of every province as tiles: province, place, row, column, the places it borders on inside the province (each pair once).")
    found = {}
    for path in glob.glob(os.path.join(sys.argv[1], "*.json")):
        shapes = {}
        for feature in json.load(open(path, encoding="utf-8"))["features"]:
            name = feature["properties"]["name"]
            name = RENAMED.get(name, MERGED.get(name, name))
            shapes.setdefault(name, []).extend(rings(feature["geometry"]))
        shapes = {name: own for name, own in shapes.items() if name in known and any(own)}
        code = by_names.get(frozenset(shapes)) or by_names.get(frozenset(shapes) | frozenset(YOUNG))
        if code is not None:
            found[code] = shapes
    for code, shapes in sorted(found.items()):
        names = list(children[code])
        corners = [point for n in names for outline in shapes.get(n, []) for point in outline]
        span = max(x for x, _ in corners) - min(x for x, _ in corners)
        # Districts of a small one are closer to one another than two kilometres without bordering.
        eps = min(0.02, span / 200)
        pairs = []
        for i, a in enumerate(names):
            for b in names[i + 1:]:
                if a in YOUNG or b in YOUNG:
                    if b in YOUNG.get(a, ((), []))[1] or a in YOUNG.get(b, ((), []))[1]:
                        pairs.append((a, b))
                elif max(borders(shapes[a], shapes[b], eps), borders(shapes[b], shapes[a], eps)) >= 2:
                    pairs.append((a, b))
        mids = {n: YOUNG[n][0] if n in YOUNG else middle(shapes[n]) for n in names}
        # Where the places of a province are a crowd, its directions are kept less well so that its neighbours are.
        for turn, apart in ((0.8, 2), (0.5, 2), (0.3, 3), (0.15, 4), (0.05, 6)):
            cells, kept = layout(names, pairs, mids, 1, turn, apart)
            if kept >= 0.85 * len(pairs):
                break
        print(f"{provinces[code]} {len(names)} places, {kept} of {len(pairs)} pairs touch", file=sys.stderr, flush=True)
        for n in sorted(names, key=lambda n: cells[n]):
            ends = "、".join(b for a, b in pairs if a == n)
            print("\t".join([provinces[code], n, str(cells[n][0]), str(cells[n][1]), ends]).rstrip("\t"), flush=True)


main()

"""Random scenarios over the whole language: several independent models with names of their own in one file.

A model has inputs (constants, intervals, distributions, hierarchies; by label, by table, by anchor year), equations over
indexes and time, and every input and equation as an output in a random unit.
"""
import random

DECLARED = ["gpu", "query"]
# Kinds of quantity, each with units that a scenario may write it in.
KINDS = {
    "pure": ["1", "percent"],
    "power": ["W", "kW", "MW", "GW", "TWh/year", "kWh/day", "MJ/h"],
    "energy": ["J", "GJ", "Wh", "kWh", "MWh", "GWh", "TWh"],
    "time": ["s", "h", "day", "year"],
    "emissions": ["kgCO2e", "tCO2e", "MtCO2e"],
    "intensity": ["gCO2e/kWh", "kgCO2e/MWh", "tCO2e/GWh"],
    "count": ["gpu"],
    "unit_power": ["W/gpu", "kW/gpu", "kWh/gpu/year"],
    "money": ["USD", "kUSD", "MUSD"],
    "price": ["USD/MWh", "USD/kWh", "kUSD/GWh"],
}
PRODUCTS = [("power", "time", "energy"), ("energy", "intensity", "emissions"), ("count", "unit_power", "power"),
            ("energy", "price", "money")]
SIZES = {"pure": "", "count": " gpu"}


class Model:
    def __init__(self, chance, prefix, indexes):
        self.chance, self.prefix, self.indexes = chance, prefix, indexes
        self.known, self.inputs, self.equations, self.outputs, self.tables = [], [], [], [], {}
        self.choices = []

    def pick(self, *things):
        return self.chance.choice(things)

    def number(self, low, high):
        """A decimal between two positive numbers, as people write them."""
        value = low * (high / low) ** self.chance.random()
        text = f"{value:.{self.chance.choice([1, 2, 3, 4])}g}"
        value = float(text)
        if value >= 1e4 and self.chance.random() < 0.5:
            for suffix, size in (("B", 1e9), ("M", 1e6), ("k", 1e3)):
                if value >= size:
                    return f"{value / size:g}{suffix}"
        return f"{value:.10f}".rstrip("0").rstrip(".") if 1e-4 < value < 1e7 else text

    def size(self, kind):
        return self.pick((0.2, 5), (3, 900), (1e3, 5e6)) if kind != "pure" else self.pick((0.05, 0.95), (0.2, 8))

    def value(self, kind, unit):
        """A value's text, uncertain or constant, in one unit."""
        suffix = "" if unit in ("1", "percent") else f" {unit}"
        low, high = self.size(kind)
        middle = float(self.number(low, high).rstrip("kMB") or 1)
        a, b, c = (f"{middle * factor:.6g}" for factor in (0.7, 1.0, self.pick(1.2, 1.5, 4)))
        shape = lambda: f"{self.chance.uniform(0.6, 6):.3g}"
        draw = self.chance.random()
        if draw < 0.1:
            return f"{self.number(low, high)}{suffix}"
        if draw < 0.22:
            within = self.pick("", "", " within 50%", " within 95%")
            return f"{a}{suffix} to {c}{suffix}{within}"
        if draw < 0.25:
            return f"-{a}{suffix} to {c}{suffix}"
        affine = f"{a}{suffix} * "
        width = f"{float(b) / 9:.4g}{suffix}"
        return self.pick(
            f"normal({b}{suffix}, {float(b) / 5:.4g}{suffix})", f"uniform({a}{suffix}, {c}{suffix})",
            f"triangular({a}{suffix}, {b}{suffix}, {c}{suffix})", f"pert({a}{suffix}, {b}{suffix}, {c}{suffix})",
            f"loguniform({a}{suffix}, {c}{suffix})", f"lognormal(median={b}{suffix}, gsd={self.chance.uniform(1.1, 3):.3g})",
            f"lognormal(mean={b}{suffix}, sd={float(b) / 3:.4g}{suffix})", affine + f"beta({shape()}, {shape()})",
            affine + f"gamma({shape()}, {shape()})", f"weibull({shape()}, {b}{suffix})", f"exponential({b}{suffix})",
            f"gumbel({b}{suffix}, {width})", f"logistic({b}{suffix}, {width})", f"laplace({b}{suffix}, {width})",
            f"cauchy({b}{suffix}, {width})", f"loglogistic({shape()}, {b}{suffix})", f"rayleigh({b}{suffix})",
            f"pareto({shape()}, {a}{suffix})", affine + f"chi_squared({shape()})", f"inverse_gaussian({b}{suffix}, {c}{suffix})",
            f"skew_normal({b}{suffix}, {width}, {self.pick('-', '')}{shape()})",
            f"student({self.pick(3, 5, 12)}, {b}{suffix}, {width})",
            f"quantiles(5%={a}{suffix}, 50%={b}{suffix}, 95%={float(b) * self.pick(1.2, 1.5):.6g}{suffix})",
            f"truncate(normal({b}{suffix}, {float(b) / 3:.4g}{suffix}), low={a}{suffix})",
            f"mixture(uniform({a}{suffix}, {c}{suffix}), normal({c}{suffix}, {float(a) / 9:.4g}{suffix}), weights=(0.3, 0.7))",
            f"{a}{suffix} + {affine}kumaraswamy({shape()}, {shape()})",
            affine + self.pick("poisson(3.5)", "binomial(7, 0.3)", "bernoulli(0.4)", "negative_binomial(3, 0.4)", "geometric(0.3)"))

    def input(self):
        name = f"{self.prefix}in{len(self.inputs)}"
        kind = self.pick(*KINDS, "pure", "power", "power", "energy")
        unit = self.pick(*KINDS[kind])
        over = self.chance.choice([[], [], ["region"], ["yr"], ["yr", "region"]])
        entry = {}
        hierarchical = [other for other, its, where in self.known if its == kind and set(where) <= set(over)]
        if over:
            entry["over"] = over[0] if len(over) == 1 else over
        if hierarchical and self.chance.random() < 0.15:
            entry["value"] = f"triangular(0.5 * {hierarchical[0]}, {hierarchical[0]}, 1.5 * {hierarchical[0]})"
            if self.chance.random() < 0.5:
                entry["value"] = f"normal({hierarchical[0]}, 0.1{'' if kind == 'pure' else ' ' + unit})"
        elif not over:
            entry["value"] = self.value(kind, unit)
        elif self.chance.random() < 0.3 and over == ["yr"]:
            years = self.indexes["yr"]
            anchors = sorted(self.chance.sample(years, self.chance.randint(2, len(years))))
            if anchors[0] != years[0] or anchors[-1] != years[-1]:
                entry["extrapolate"] = "hold"
            suffix = "" if unit in ("1", "percent") else f" {unit}"
            entry["value"] = {year: self.pick(
                f"{self.number(1, 50)}{suffix} to {self.number(60, 500)}{suffix}", f"{self.number(1, 90)}{suffix}") for year in anchors}
            entry["interpolate"] = self.pick("linear", "log", "step")
        elif self.chance.random() < 0.35:
            entry["table"] = self.table(name, over, kind, unit)
        elif len(over) == 2 and self.chance.random() < 0.5:
            entry["value"] = {year: {region: self.value(kind, unit) for region in self.indexes["region"]} for year in self.indexes["yr"]}
        elif len(over) == 1 and self.chance.random() < 0.7:
            entry["value"] = {label: self.value(kind, unit) for label in self.indexes[over[0]]}
        else:
            entry["value"] = self.value(kind, unit)
        # A factor times a distribution, and the name of another input, are no numbers of percent.
        if unit == "percent" and ("*" in str(entry) + self.tables.get(f"{name}.csv", "") or hierarchical):
            unit = "1"
        entry["unit"] = unit
        if over:
            entry["dependence"] = self.pick("shared", "independent", 0.6) if len(over) == 1 else {
                index: self.pick("shared", "independent", 0.3) for index in over}
        self.inputs.append((name, entry))
        self.known.append((name, kind, tuple(over)))
        self.output(name, kind)

    def table(self, name, over, kind, unit):
        """A table of values, or of intervals in any unit of the kind; its file's name."""
        columns = self.pick(["value"], ["low", "high"] if kind == "pure" else ["low", "high", "unit"])
        rows = [over + columns]
        for cell in cells(self.indexes, over):
            if columns == ["value"]:
                text = self.value(kind, unit)
                rest = [f'"{text}"' if "," in text else text]
            else:
                low = float(self.number(1, 50).rstrip("kMB"))
                rest = [f"{low:g}", f"{low * self.pick(1.3, 2, 6):.6g}"] + [self.pick(*KINDS[kind])] * (len(columns) - 2)
            rows.append([str(label) for label in cell] + rest)
        self.chance.shuffle(body := rows[1:])
        self.tables[f"{name}.csv"] = "\n".join(",".join(row) for row in rows[:1] + body) + "\n"
        return f"{name}.csv"

    def shares(self):
        """Parts of regions that sum to one."""
        name = f"{self.prefix}shares"
        regions = self.indexes["region"]
        parts = ["35%", "65%"] if len(regions) == 2 else ["20%", "50%", "30%"]
        value = "shares(" + ", ".join(f"{region}={part}" for region, part in zip(regions, parts)) + ", concentration=20)"
        if self.chance.random() < 0.5:
            value = "dirichlet(" + ", ".join(f"{region}={self.chance.uniform(0.5, 9):.3g}" for region in regions) + ")"
        self.inputs.append((name, {"over": "region", "value": value}))
        self.known.append((name, "pure", ("region",)))
        self.output(name, "pure")

    def measured(self):
        """An input that is drawn from the values of a file."""
        name = f"{self.prefix}measured"
        unit = self.pick(*KINDS["power"])
        values = dict.fromkeys(f"{self.chance.uniform(1, 90):.4g}" for _ in range(self.chance.randint(3, 40)))
        self.tables[f"{name}.csv"] = "x\n" + "\n".join(values) + "\n"
        value = f'empirical("{name}.csv", column="x", shape={self.pick("step", "linear")})'
        self.inputs.append((name, {"value": value, "unit": unit}))
        self.known.append((name, "power", ()))
        self.output(name, "power")

    def output(self, name, kind):
        self.outputs.append((name, self.pick(*KINDS[kind])))

    # Expressions: text and the indexes of the value.
    def leaf(self, kind):
        options = [(name, where) for name, its, where in self.known if its == kind]
        if options and self.chance.random() < 0.85:
            return self.chance.choice(options)
        unit = self.pick(*KINDS[kind])
        if kind == "pure" and self.chance.random() < 0.3:
            return "(yr - 2019)", ("yr",)
        return self.number(*self.size(kind)) + ("" if unit in ("1", "percent") else f" {unit}"), ()

    def condition(self, depth):
        kind = self.pick(*KINDS)
        (a, over_a), (b, over_b) = self.expression(kind, depth - 1), self.expression(kind, depth - 1)
        text, over = f"{a} {self.pick('<', '<=', '>', '>=', '!=')} {b}", union(over_a, over_b)
        draw = self.chance.random()
        if draw < 0.12:
            return f"({text} {self.pick('and', 'or')} not ({a} > {b}))", over
        if draw < 0.24:
            return f"(region == {self.pick(*self.indexes['region'])} or {text})", union(over, ("region",))
        if draw < 0.3 and self.choices:
            return f"({self.pick(*self.choices)} != {self.pick(*self.indexes['region'])} and {text})", over
        return f"({text})", over

    def expression(self, kind, depth):
        if depth <= 0:
            return self.leaf(kind)
        sub = lambda which=kind: self.expression(which, depth - 1)
        draw = self.chance.random()
        if draw < 0.14:
            (a, x), (b, y) = sub(), sub()
            return f"({a} {self.pick('+', '-')} {b})", union(x, y)
        if draw < 0.24:
            (a, x), (b, y) = sub(), sub("pure")
            return f"({a} {self.pick('*', '/')} {b})", union(x, y)
        if draw < 0.36:
            rules = [(f"({{0}} * {{1}})", p, q) for p, q, r in PRODUCTS if r == kind]
            rules += [("({0} / {1})", r, q) for p, q, r in PRODUCTS if p == kind]
            rules += [("({0} / {1})", r, p) for p, q, r in PRODUCTS if q == kind]
            rules += [("({0} / {1})", other, other) for other in KINDS if kind == "pure"]
            if rules:
                form, p, q = self.chance.choice(rules)
                (a, x), (b, y) = sub(p), sub(q)
                return form.format(a, b), union(x, y)
        if draw < 0.46:
            c, z = self.condition(depth)
            (a, x), (b, y) = sub(), sub()
            return f"(if {c} then {a} else {b})", union(x, y, z)
        if draw < 0.56:
            a, x = sub()
            if x:
                over = self.chance.choice(x)
                left = tuple(index for index in x if index != over)
                name = self.pick("sum", "mean", "min", "max", "product" if kind == "pure" else "sum")
                if self.chance.random() < 0.2 and over == "yr" and is_name(a):
                    return f"{name}({a}[yr={self.indexes['yr'][0]}..{self.indexes['yr'][-2]}], over=yr)", left
                return f"{name}({a}, over={over})", left
        if draw < 0.66:
            (a, x), (b, y) = sub(), sub()
            if draw < 0.6:
                c, z = sub()
                return f"clamp({a}, min({b}, {c}), max({b}, {c}))", union(x, y, z)
            return f"{self.pick('min', 'max')}({a}, {b})", union(x, y)
        if draw < 0.72:
            a, x = sub()
            return f"abs({a})", x
        if draw < 0.86:
            named = [(name, where) for name, its, where in self.known if its == kind and where]
            if named:
                name, where = self.chance.choice(named)
                index = self.chance.choice(where)
                left = tuple(other for other in where if other != index)
                if index == "region" and self.choices and self.chance.random() < 0.4:
                    return f"{name}[region={self.pick(*self.choices)}]", left
                if index == "yr" and self.chance.random() < 0.5:
                    first = self.indexes["yr"][0]
                    return f"(if yr > {first} then {name}[yr=yr - 1] else {name}[yr={first}])", where
                return f"{name}[{index}={self.pick(*self.indexes[index])}]", left
        if kind == "pure":
            a, x = sub()
            if draw < 0.9:
                return f"exp(-abs({a}) / 3)", x
            if draw < 0.93:
                return f"{self.pick('log', 'log10', 'sqrt', 'sin', 'cos', 'tan')}({a})", x
            if draw < 0.96:
                return f"({a} ^ {self.pick('2', '3', '0.5', '-1')})", x
            b, y = self.expression("power", depth - 1)
            if y:
                return f"share(abs({b}), over={self.chance.choice(y)})", y
        return self.leaf(kind)

    def equation(self):
        name = f"{self.prefix}eq{len(self.equations)}"
        kind = self.pick(*KINDS)
        text, over = self.expression(kind, self.pick(1, 2, 2, 3))
        flows = [(other, where) for other, its, where in self.known if its == kind and "yr" in where]
        draw = self.chance.random()
        if flows and draw < 0.25:
            flow, over = self.chance.choice(flows)
            zero = "0" if kind == "pure" else f"0 {KINDS[kind][0]}"
            text = self.pick(
                f"cumulative({flow})", f"previous({flow}, initial={zero}) + {flow}",
                f"previous({name} * 80%, initial={zero}) + {flow}",
                f"stock({flow}, survival=alive, at={self.pick('middle', 'end')})")
        elif draw < 0.33:
            text, over = self.condition(2)
            kind = "pure"
        elif draw < 0.4:
            parts = [(region, *self.expression(kind, 1)) for region in self.indexes["region"]]
            if all("region" not in where for _, _, where in parts):
                text = "stack(region, " + ", ".join(f"{region}={part}" for region, part, _ in parts) + ")"
                over = union(("region",), *(where for _, _, where in parts))
        entry = {"formula": text}
        if "previous(" + name in text:
            entry["unit"] = KINDS[kind][0]
        self.equations.append((name, entry))
        self.known.append((name, kind, tuple(over)))
        self.output(name, kind)


def is_name(text):
    return text.replace("_", "").isalnum() and text[0].isalpha()


def union(*overs):
    return tuple(dict.fromkeys(index for over in overs for index in over))


def cells(indexes, over):
    found = [()]
    for index in over:
        found = [cell + (label,) for cell in found for label in indexes[index]]
    return found


def scenario(seed, models):
    """The scenario of a seed as a dictionary, and its tables by file name."""
    chance = random.Random(seed)
    first = chance.randint(2019, 2022)
    indexes = {"yr": list(range(first, first + chance.randint(3, 5))), "region": ["us", "eu", "cn"][:chance.randint(2, 3)],
               "age": list(range(6))}
    document = {
        "title": f"Random scenario {seed}", "units": DECLARED,
        "indexes": {"yr": f"{indexes['yr'][0]}..{indexes['yr'][-1]}", "region": indexes["region"], "age": "0..5"},
        "inputs": {"alive": {"over": "age", "value": {0: 1, 2: "beta(6, 2)", 5: "10%"}, "interpolate": "linear",
                             "dependence": "shared"}},
        "equations": {}, "outputs": {"alive": {}}}
    tables = {}
    for number in range(models):
        model = Model(chance, f"m{number}_", indexes)
        if chance.random() < 0.3:
            name = f"m{number}_choice"
            document["inputs"][name] = {"value": "discrete(" + ", ".join(
                f"{region}={share}" for region, share in zip(indexes["region"], ["20%", "80%"] if len(indexes["region"]) == 2 else ["20%", "50%", "30%"])) + ")"}
            model.choices.append(name)
            for region in indexes["region"]:
                document["equations"][f"{name}_is_{region}"] = {"formula": f"{name} == {region}"}
                document["outputs"][f"{name}_is_{region}"] = {}
        for _ in range(chance.randint(2, 5)):
            model.input()
        for _ in range(chance.randint(2, 5)):
            model.equation()
        if chance.random() < 0.25:
            model.shares()
        if chance.random() < 0.1:
            model.measured()
        document["inputs"].update(model.inputs)
        document["equations"].update(model.equations)
        document["outputs"].update({name: {"unit": unit} for name, unit in model.outputs})
        tables.update(model.tables)
    return document, tables

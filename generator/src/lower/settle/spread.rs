//! Spreads what is too large for one file over several: a resource by the segments of its paths, a schema by the types
//! that it contains, and a record by its setters.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::lower::draft::ResourceDraft;
use crate::lower::operation::resource::telling_segments;
use crate::lower::settle::extent::{of_operation, of_type};
use crate::model::{Home, Kind, Operation, Type, TypeId, walk};
use crate::name::{Ident, Scope};

/// The maximum number of operations in one file.
const MOST_OPERATIONS: usize = 25;

/// The approximate maximum number of lines of a file that can be split.
const MOST_LINES: usize = 1500;

/// The maximum number of path segments in the name of a section.
const DEEPEST: usize = 4;

/// The sections of a resource, each with the positions of its operations; none if one file is enough.
pub(crate) fn sections(resource: &ResourceDraft, types: &[Type]) -> BTreeMap<Ident, Vec<usize>> {
    let extents = extents(resource, types);
    let mut sections: BTreeMap<Ident, Vec<usize>> = BTreeMap::new();
    let names = section_names(&resource.operations, &extents);
    for (at, name) in names.into_iter().enumerate() {
        sections.entry(name).or_default().push(at);
    }
    sections
}

/// Moves the types that a large schema contains to files of their own. `modules` has the names of the files under
/// `types`.
pub(crate) fn spread(types: &mut [Type], modules: &mut Scope) {
    let mut open: Vec<Vec<TypeId>> = modules_of(types).into_values().collect();
    while let Some(module) = open.pop() {
        let lines = module.iter().map(|id| of_type(&types[id.0 as usize]));
        if lines.sum::<usize>() > MOST_LINES {
            open.extend(moved(types, &module, modules));
        }
    }
    part_setters(types);
}

/// Moves the setters of a record that is too large for one file to a file of their own.
fn part_setters(types: &mut [Type]) {
    let mut names: HashMap<Ident, Scope> = HashMap::new();
    for ty in types {
        let is_large = of_type(ty) > MOST_LINES && ty.usage.written;
        if let (Kind::Record(record), Home::Types(module), true) =
            (&mut ty.kind, &ty.home, is_large)
        {
            let names = names.entry(module.clone()).or_insert_with(Scope::modules);
            let full = format!("{} setters", ty.name.plain());
            record.setters = Some(names.claim_first(&["setters", &full]));
        }
    }
}

/// The extent of an operation in a file.
struct Extent {
    operations: usize,
    lines: usize,
}

impl Extent {
    fn fits(&self) -> bool {
        self.operations <= MOST_OPERATIONS && self.lines <= MOST_LINES
    }

    fn all<'a>(extents: impl IntoIterator<Item = &'a Extent>) -> Self {
        let mut all = Self {
            operations: 0,
            lines: 0,
        };
        for extent in extents {
            all.operations += extent.operations;
            all.lines += extent.lines;
        }
        all
    }
}

/// The extent of each operation, including the inline types that it is the first to use.
fn extents(resource: &ResourceDraft, types: &[Type]) -> Vec<Extent> {
    let home = Home::Resource(resource.module.clone());
    let mut seen = HashSet::new();
    let mut own = |operation: &Operation| {
        let mut lines = of_operation(operation);
        walk(types, operation.named(), |id, ty| {
            let own = ty.home == home && seen.insert(id);
            if own {
                lines += of_type(ty);
            }
            own
        });
        Extent {
            operations: 1,
            lines,
        }
    };
    resource.operations.iter().map(&mut own).collect()
}

/// The section of each operation; none if one file is enough.
fn section_names(operations: &[Operation], extents: &[Extent]) -> Vec<Ident> {
    if operations.len() < 2 || Extent::all(extents).fits() {
        return Vec::new();
    }
    let paths: Vec<Vec<&str>> = operations
        .iter()
        .map(|operation| telling_segments(&operation.path).collect())
        .collect();
    let shared = shared_segments(&paths);
    let keys = |depth: usize| -> Vec<String> {
        let key = |path: &Vec<&str>| match path.get(shared..) {
            Some([]) | None => "root".to_owned(),
            Some(rest) => rest[..depth.min(rest.len())].join(" "),
        };
        paths.iter().map(key).collect()
    };
    let mut chosen = keys(1);
    for depth in 2..=DEEPEST {
        if fit(&chosen, extents) {
            break;
        }
        chosen = keys(depth);
    }
    named(&chosen, extents)
}

/// The number of segments that all paths begin with.
fn shared_segments(paths: &[Vec<&str>]) -> usize {
    let Some(first) = paths.first() else { return 0 };
    let same = |at: &usize| paths.iter().all(|path| path.get(*at) == first.get(*at));
    (0..first.len()).take_while(same).count()
}

/// Whether each key's operations fit into one file.
fn fit(keys: &[String], extents: &[Extent]) -> bool {
    let mut by_key: HashMap<&str, Vec<&Extent>> = HashMap::new();
    for (key, extent) in keys.iter().zip(extents) {
        by_key.entry(key).or_default().push(extent);
    }
    by_key
        .into_values()
        .all(|extents| Extent::all(extents).fits())
}

/// Keys as module names. Sections that are still too large are split and numbered.
fn named(keys: &[String], extents: &[Extent]) -> Vec<Ident> {
    let mut scope = Scope::modules().without(&["types"]);
    let mut filled: HashMap<&str, (Ident, Vec<&Extent>)> = HashMap::new();
    let mut sections = Vec::new();
    for (key, extent) in keys.iter().zip(extents) {
        let (name, within) = filled
            .entry(key)
            .or_insert_with(|| (scope.claim(key), Vec::new()));
        let with = within.iter().copied().chain([extent]);
        if !within.is_empty() && !Extent::all(with).fits() {
            *name = scope.claim(key);
            within.clear();
        }
        within.push(extent);
        sections.push(name.clone());
    }
    sections
}

/// The types of each file under `types`, the named one first.
fn modules_of(types: &[Type]) -> BTreeMap<Ident, Vec<TypeId>> {
    let mut modules: BTreeMap<Ident, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in (0..).map(TypeId).zip(types) {
        if let Home::Types(module) = &ty.home {
            modules.entry(module.clone()).or_default().push(id);
        }
    }
    modules
}

/// Gives each type that the first type of a module contains a module of its own, together with the types that belong to
/// it.
fn moved(types: &mut [Type], module: &[TypeId], modules: &mut Scope) -> Vec<Vec<TypeId>> {
    let Some((&first, others)) = module.split_first() else {
        return Vec::new();
    };
    let mut left: HashSet<TypeId> = others.iter().copied().collect();
    let mut children = types[first.0 as usize].kind.named();
    children.retain(|id| left.contains(id));
    let mut groups = Vec::new();
    for child in children {
        let mut group = Vec::new();
        walk(types, vec![child], |id, _| {
            let own = left.remove(&id);
            if own {
                group.push(id);
            }
            own
        });
        if group.is_empty() {
            continue;
        }
        // The type that the others belong to stays the first one.
        group[1..].sort_unstable();
        let home = Home::Types(modules.claim(types[child.0 as usize].name.plain()));
        for id in &group {
            types[id.0 as usize].home = home.clone();
        }
        groups.push(group);
    }
    groups
}

//! Names that do not depend on the order of the description.

/// Lowers items in the order of their keys, and returns the results in the order of the items.
///
/// The first location that asks for a name gets it, and types with the same content are one type, named after the first
/// location. Keys of an object have no order, so that whichever location comes first is decided by the keys themselves.
pub(crate) fn in_order_of<T, K: Ord, R>(
    items: &[T],
    key: impl Fn(&T) -> K,
    mut lower: impl FnMut(&T) -> R,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|&at| key(&items[at]));
    let lowered = order.into_iter().map(|at| (at, lower(&items[at])));
    let mut lowered: Vec<(usize, R)> = lowered.collect();
    lowered.sort_by_key(|&(at, _)| at);
    lowered.into_iter().map(|(_, result)| result).collect()
}

//! Cycles in graphs of types and schemas, found without recursion, so that no chain can overflow the stack.

/// An edge that leads back to a node on the current path.
pub(crate) struct Back<E> {
    pub from: usize,
    pub edge: E,
}

/// The back edges of a depth-first search from the first node on: without them the graph has no cycle.
pub(crate) fn back_edges<E: Copy>(
    count: usize,
    edges: impl Fn(usize) -> Vec<(E, usize)>,
) -> Vec<Back<E>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        New,
        Open,
        Done,
    }
    let mut state = vec![Visit::New; count];
    let mut found = Vec::new();
    for start in 0..count {
        let mut path: Vec<(usize, std::vec::IntoIter<(E, usize)>)> = Vec::new();
        let mut next = Some(start).filter(|&start| state[start] == Visit::New);
        loop {
            if let Some(node) = next.take() {
                state[node] = Visit::Open;
                path.push((node, edges(node).into_iter()));
            }
            let Some((node, rest)) = path.last_mut() else {
                break;
            };
            let Some((edge, target)) = rest.next() else {
                state[*node] = Visit::Done;
                path.pop();
                continue;
            };
            match state[target] {
                Visit::New => next = Some(target),
                Visit::Open => found.push(Back { from: *node, edge }),
                Visit::Done => {}
            }
        }
    }
    found
}

/// The strongly connected groups of a graph: within one, every node leads to every other.
pub(crate) struct Groups {
    /// For each node, the representative of its group.
    of: Vec<usize>,
    /// Whether each node is on a cycle.
    circular: Vec<bool>,
}

impl Groups {
    /// Tarjan's algorithm for strongly connected components.
    pub(crate) fn of(edges: &[Vec<usize>]) -> Self {
        let mut search = Search::new(edges.len());
        for start in 0..edges.len() {
            if search.order[start].is_none() {
                search.run(start, edges);
            }
        }
        let of = search.group;
        let circular = edges.iter().enumerate().map(|(node, targets)| {
            let mut targets = targets.iter();
            targets.any(|&target| of[target] == of[node])
        });
        let circular = circular.collect();
        Self { of, circular }
    }

    /// Whether two nodes are in one group; a node always is in its own.
    pub(crate) fn are_one(&self, node: usize, other: usize) -> bool {
        self.of[node] == self.of[other]
    }

    /// Whether a node leads back to itself.
    pub(crate) fn is_circular(&self, node: usize) -> bool {
        self.circular[node]
    }

    /// The first of the given nodes of each group with a cycle.
    pub(crate) fn firsts(&self, counts: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut seen = vec![false; self.of.len()];
        let nodes = (0..self.of.len()).filter(|&node| self.circular[node] && counts(node));
        nodes
            .filter(|&node| !std::mem::replace(&mut seen[self.of[node]], true))
            .collect()
    }
}

struct Search {
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    group: Vec<usize>,
    stack: Vec<usize>,
    on_stack: Vec<bool>,
    next: usize,
}

impl Search {
    fn new(size: usize) -> Self {
        Self {
            order: vec![None; size],
            low: vec![0; size],
            group: (0..size).collect(),
            stack: Vec::new(),
            on_stack: vec![false; size],
            next: 0,
        }
    }

    fn run(&mut self, start: usize, edges: &[Vec<usize>]) {
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((node, at)) = path.pop() {
            if let Some(&target) = edges[node].get(at) {
                path.push((node, at + 1));
                match self.order[target] {
                    None => {
                        self.enter(target);
                        path.push((target, 0));
                    }
                    Some(order) if self.on_stack[target] => {
                        self.low[node] = self.low[node].min(order);
                    }
                    Some(_) => {}
                }
                continue;
            }
            if let Some(&(above, _)) = path.last() {
                self.low[above] = self.low[above].min(self.low[node]);
            }
            if self.order[node] == Some(self.low[node]) {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = Some(self.next);
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn close(&mut self, root: usize) {
        while let Some(node) = self.stack.pop() {
            self.on_stack[node] = false;
            self.group[node] = root;
            if node == root {
                break;
            }
        }
    }
}

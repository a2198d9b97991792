//! When the roots are checked: after each change, with the newest texts, on one thread.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification};
use lsp_types::PublishDiagnosticsParams;
use lsp_types::notification::{Notification as _, PublishDiagnostics};

use super::check::{Checked, Good, Report};
use super::report::{self, Shown};
use super::roots::{Kind, Roots};
use super::texts::Texts;
use super::uri::uri_of;
use crate::text::FileId;

/// The longest that the worker waits for a further change before it begins.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// How long a request waits for the newest texts to be checked; then it is answered with what there is.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A change of the texts.
struct Job {
    number: u64,
    texts: Texts,
    /// The files that changed; `None` if any may have.
    changed: Option<BTreeSet<String>>,
}

/// What the worker has found, for the requests.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The last change that was taken in.
    number: u64,
    /// The texts that were checked.
    pub texts: Texts,
    /// The roots by their paths.
    pub checked: BTreeMap<String, (Kind, Checked)>,
}

impl Found {
    /// The runs in which a file was read.
    pub(super) fn reports_of<'f>(&'f self, path: &'f str) -> impl Iterator<Item = &'f Report> {
        let checked = self.checked.values().map(|(_, checked)| checked);
        let checked = checked.filter(move |checked| checked.has(path));
        checked
            .flat_map(|checked| &checked.reports)
            .map(|report| &**report)
    }

    /// What was read last of a file, as a part of the root that it is or belongs to.
    pub(super) fn good_of(&self, path: &str) -> Option<(&Good, FileId)> {
        let own = self.checked.get(path).into_iter();
        let roots = own.chain(self.checked.values());
        let mut goods = roots.filter_map(|(_, checked)| checked.good.as_deref());
        goods.find_map(|good| {
            let mut files = good.sources.iter();
            let (id, _) = files.find(|(_, file)| file.path == path)?;
            Some((good, id))
        })
    }

    /// The root that a file is, else the first that it is part of.
    pub(super) fn root_of(&self, path: &str) -> Option<(&str, Kind, &Checked)> {
        let own = self.checked.get_key_value(path);
        let mut others = self.checked.iter();
        let (root, (kind, checked)) =
            own.or_else(|| others.find(|(_, (_, checked))| checked.has(path)))?;
        Some((root, *kind, checked))
    }
}

#[derive(Default)]
struct Shared {
    found: Mutex<Found>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The worker, as the main thread sees it.
pub(super) struct Worker {
    jobs: Sender<Job>,
    shared: Arc<Shared>,
    number: u64,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the thread. It sends what it finds with `send`.
    pub(super) fn start(folders: Vec<String>, send: impl Fn(Message) + Send + 'static) -> Self {
        let (jobs, receiver) = channel();
        let shared = Arc::new(Shared::default());
        let roots = Roots::of_workspace(folders);
        let own = shared.clone();
        let thread = std::thread::spawn(move || work(&receiver, roots, &own, &send));
        Self {
            jobs,
            shared,
            number: 0,
            thread,
        }
    }

    /// Has the texts checked after a change of some files, or of any.
    pub(super) fn check(&mut self, texts: &Texts, changed: Option<String>) {
        self.number += 1;
        // The thread ends only when this sender is dropped.
        let _ = self.jobs.send(Job {
            number: self.number,
            texts: texts.clone(),
            changed: changed.map(|path| BTreeSet::from([path])),
        });
    }

    /// What was found in the newest texts; in older ones, if that takes too long.
    pub(super) fn newest(&self) -> Found {
        let found = self.shared.lock();
        let is_old = |found: &mut Found| found.number < self.number;
        let waited = self
            .shared
            .changed
            .wait_timeout_while(found, LONGEST_WAIT, is_old);
        let (found, _) = waited.unwrap_or_else(PoisonError::into_inner);
        found.clone()
    }

    /// What was found last, at once.
    pub(super) fn last(&self) -> Found {
        self.shared.lock().clone()
    }

    /// Ends the thread.
    pub(super) fn stop(self) {
        drop(self.jobs);
        // A panic of the thread has been printed, and there is nothing left to do.
        let _ = self.thread.join();
    }
}

fn work(jobs: &Receiver<Job>, mut roots: Roots, shared: &Shared, send: &dyn Fn(Message)) {
    let mut pause = Duration::ZERO;
    let mut published = Published::default();
    while let Ok(job) = jobs.recv() {
        let job = newest(job, jobs, pause);
        let start = Instant::now();
        if job.changed.is_none() {
            roots.forget_parts();
        }
        let found = check(&job, &mut roots, &shared.lock().clone());
        published.update(&found, send);
        *shared.lock() = found;
        shared.changed.notify_all();
        // While somebody types, a large file costs at most half of a processor.
        pause = start.elapsed().min(LONGEST_PAUSE);
    }
}

/// The newest of the jobs that come before there is a pause.
fn newest(mut job: Job, jobs: &Receiver<Job>, pause: Duration) -> Job {
    loop {
        match jobs.recv_timeout(pause) {
            Ok(mut later) => {
                let paths = later.changed.zip(job.changed);
                later.changed = paths.map(|(one, other)| &one | &other);
                job = later;
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return job,
        }
    }
}

/// Checks the roots that a change concerns, and keeps what was found of the others.
fn check(job: &Job, roots: &mut Roots, before: &Found) -> Found {
    let open = Arc::new(job.texts.for_reading());
    let wanted = roots.of(&job.texts).into_iter();
    let checked = wanted.map(|(root, kind)| {
        let before = before.checked.get(&root).map(|(_, checked)| checked);
        let concerns = |checked: &&Checked| match &job.changed {
            Some(changed) => changed.iter().any(|path| checked.has(path)),
            None => true,
        };
        let checked = match before.filter(|before| !concerns(before)) {
            Some(before) => before.clone(),
            None => Checked::of(&root, kind, &open, before),
        };
        (root, (kind, checked))
    });
    Found {
        number: job.number,
        checked: checked.collect(),
        texts: job.texts.clone(),
    }
}

/// What the editor was told last, of each file.
#[derive(Default)]
struct Published(BTreeMap<String, (Option<i32>, Vec<lsp_types::Diagnostic>)>);

impl Published {
    /// Publishes the diagnostics of the files where something changed.
    fn update(&mut self, found: &Found, send: &dyn Fn(Message)) {
        let mut shown = Shown::new();
        for (_, checked) in found.checked.values() {
            for report in &checked.reports {
                report::add(report, &found.texts, &mut shown);
            }
        }
        let gone = self.0.keys().filter(|path| !shown.contains_key(*path));
        let gone: Vec<String> = gone.cloned().collect();
        for path in gone {
            self.0.remove(&path);
            publish(&path, None, Vec::new(), found, send);
        }
        for (path, diagnostics) in shown {
            let version = found.texts.get(&path).map(|open| open.version);
            let now = (version, diagnostics);
            let is_news = match self.0.get(&path) {
                Some(before) => *before != now,
                None => version.is_some() || !now.1.is_empty(),
            };
            if is_news {
                publish(&path, version, now.1.clone(), found, send);
                self.0.insert(path, now);
            }
        }
    }
}

fn publish(
    path: &str,
    version: Option<i32>,
    diagnostics: Vec<lsp_types::Diagnostic>,
    found: &Found,
    send: &dyn Fn(Message),
) {
    let open = found.texts.get(path).map(|open| open.uri.clone());
    let Some(uri) = open.or_else(|| uri_of(path)) else {
        return;
    };
    let parameters = PublishDiagnosticsParams {
        uri,
        diagnostics,
        version,
    };
    let method = PublishDiagnostics::METHOD.to_owned();
    send(Notification::new(method, parameters).into());
}

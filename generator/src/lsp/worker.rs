//! Schedules the checks: after each change, with the newest texts, on one thread.

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

/// The maximum time between two checks.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// The maximum time for which a request waits for the check of the newest texts. After that it uses the last results.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A change of the texts.
struct Job {
    number: u64,
    texts: Texts,
    /// The files that changed; `None` if any may have.
    changed: Option<BTreeSet<String>>,
}

/// The results of the worker, for the requests.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The number of the last change that is included.
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

    /// The last parsed version of a file, as a part of the root that it is or belongs to.
    pub(super) fn good_of(&self, path: &str) -> Option<(&Good, FileId)> {
        let own = self.checked.get(path).into_iter();
        let roots = own.chain(self.checked.values());
        let mut goods = roots.filter_map(|(_, checked)| checked.good.as_deref());
        goods.find_map(|good| Some((good, good.file(path)?)))
    }

    /// The last parsed versions of the descriptions that a file is part of: those that were checked, then `others`.
    pub(super) fn goods_with<'f>(
        &'f self,
        path: &'f str,
        others: &'f [Arc<Good>],
    ) -> impl Iterator<Item = (&'f Good, FileId)> {
        let checked = self.checked.values();
        let checked = checked.filter_map(|(_, checked)| checked.good.as_ref());
        let goods = checked.chain(others).map(|good| &**good);
        goods.filter_map(move |good| Some((good, good.file(path)?)))
    }

    /// The root for a file: the file itself, otherwise the first root that it is part of.
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

/// The handle of the worker for the main thread.
pub(super) struct Worker {
    jobs: Sender<Job>,
    shared: Arc<Shared>,
    number: u64,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the thread. `send` sends messages to the editor.
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

    /// Starts a check of the texts after a change of some files, or of any files.
    pub(super) fn check(&mut self, texts: &Texts, changed: Option<BTreeSet<String>>) {
        self.number += 1;
        // The thread only ends when this sender is dropped.
        let _ = self.jobs.send(Job {
            number: self.number,
            texts: texts.clone(),
            changed,
        });
    }

    /// The results for the newest texts, or for older texts if the check takes too long.
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

    /// The last results, without waiting.
    pub(super) fn last(&self) -> Found {
        self.shared.lock().clone()
    }

    /// Ends the thread.
    pub(super) fn stop(self) {
        drop(self.jobs);
        // The message of a panic was already printed, and nothing else can be done.
        let _ = self.thread.join();
    }
}

fn work(jobs: &Receiver<Job>, mut roots: Roots, shared: &Shared, send: &dyn Fn(Message)) {
    let mut next = Instant::now();
    let mut published = Published::default();
    while let Ok(job) = jobs.recv() {
        let mut job = newest(job, jobs, next);
        let start = Instant::now();
        let before = shared.lock().clone();
        let closed = job.changed.iter().flatten();
        let mut closed = closed
            .filter(|path| job.texts.get(path).is_none())
            .peekable();
        if job.changed.is_none() || closed.peek().is_some() {
            roots.forget_parts();
        }
        // A file that no root has read may be one that it could not read, or have another path there.
        let is_read = |path: &String| before.reports_of(path).next().is_some();
        if !closed.all(is_read) {
            job.changed = None;
        }
        let found = check(&job, &mut roots, &before);
        published.update(&found, send);
        *shared.lock() = found;
        shared.changed.notify_all();
        // The pause is as long as the check was, so that checking a large file takes about half of a processor during
        // typing. A change after it is checked at once.
        next = Instant::now() + start.elapsed().min(LONGEST_PAUSE);
        drop(before);
        job.texts.prepare();
    }
}

/// The newest of the jobs that arrive before the next check begins.
fn newest(mut job: Job, jobs: &Receiver<Job>, next: Instant) -> Job {
    loop {
        match jobs.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(mut later) => {
                let paths = later.changed.zip(job.changed);
                later.changed = paths.map(|(one, other)| &one | &other);
                job = later;
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return job,
        }
    }
}

/// Checks the roots that a change affects, and keeps the results of the others.
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

/// The diagnostics that were last published for each file.
#[derive(Default)]
struct Published(BTreeMap<String, (Option<i32>, Vec<lsp_types::Diagnostic>)>);

impl Published {
    /// Publishes the diagnostics of the files for which they changed.
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

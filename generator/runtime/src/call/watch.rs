//! Reports a call and its attempts to hooks and to tracing.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{StatusCode, Uri};

use super::Channel;
use super::attempt::AttemptResult;
use super::hooks::{
    About, Added, AfterAttempt, AfterCall, BeforeAttempt, BeforeCall, CallEnd, Hooks,
};
use super::request::Parts;
use super::trace::CallSpan;
use crate::error::ErrorKind;
use crate::header::HeaderList;

/// The hooks of one call. Nothing is recorded if there are none.
pub(super) struct Watch {
    hooked: Option<Box<Hooked>>,
    pub(super) span: CallSpan,
}

/// A call with hooks, which are also called if the call is dropped.
struct Hooked {
    channel: Channel,
    about: About,
    started: Duration,
    attempts: u32,
    /// The headers that hooks add to the current attempt.
    added: HeaderList,
    ended: bool,
}

static CALLS: AtomicU64 = AtomicU64::new(1);

impl Watch {
    /// Reports that a call starts.
    pub(super) fn start(parts: &mut Parts) -> Self {
        let template = match &parts.template {
            Cow::Borrowed(template) => Some(*template),
            // A path from the caller is not a template.
            Cow::Owned(_) => None,
        };
        let span = CallSpan::start(parts.operation, &parts.prepared.method, template);
        if parts.channel.shared().hooks.is_empty() {
            return Self { hooked: None, span };
        }
        let channel = parts.channel.clone();
        let hooked = Hooked {
            about: About {
                number: CALLS.fetch_add(1, Ordering::Relaxed),
                operation: parts.operation,
                method: parts.prepared.method.clone(),
                template,
            },
            started: channel.transport().now(),
            channel,
            attempts: 0,
            added: HeaderList::default(),
            ended: false,
        };
        span.enter(|| {
            for hook in &hooked.hooks().calls {
                hook.before(&mut BeforeCall {
                    about: &hooked.about,
                    headers: Added(&mut parts.prepared.headers),
                });
            }
        });
        Self {
            hooked: Some(Box::new(hooked)),
            span,
        }
    }

    /// Reports the URL of the requests.
    pub(super) fn sends_to(&self, uri: &Uri) {
        self.span.sends_to(uri);
    }

    /// Reports that an attempt starts. Hooks can add headers to it.
    pub(super) fn attempt(&mut self) -> Attempt<'_> {
        let Some(hooked) = &mut self.hooked else {
            return Attempt { hooked: None };
        };
        hooked.attempts += 1;
        let mut added = HeaderList::default();
        for hook in &hooked.hooks().attempts {
            hook.before(&mut BeforeAttempt {
                about: &hooked.about,
                number: hooked.attempts,
                headers: Added(&mut added),
            });
        }
        hooked.added = added;
        let hooked = &**hooked;
        Attempt {
            hooked: Some((hooked, hooked.channel.transport().now())),
        }
    }

    /// Reports how the call ended.
    pub(super) fn end(mut self, end: CallEnd<'_>, attempts: u32) {
        self.span.end(end, attempts);
        if let Some(hooked) = &mut self.hooked {
            hooked.attempts = attempts;
            hooked.end(end);
        }
    }
}

impl Hooked {
    fn hooks(&self) -> &Hooks {
        &self.channel.shared().hooks
    }

    fn end(&mut self, end: CallEnd<'_>) {
        self.ended = true;
        let now = self.channel.transport().now();
        let call = AfterCall {
            about: &self.about,
            end,
            elapsed: now.saturating_sub(self.started),
            attempts: self.attempts,
        };
        for hook in self.hooks().calls.iter().rev() {
            hook.after(&call);
        }
    }
}

impl Drop for Hooked {
    fn drop(&mut self) {
        if !self.ended {
            self.end(CallEnd::Dropped);
        }
    }
}

/// An attempt with hooks, which are also called if the attempt is dropped.
pub(super) struct Attempt<'w> {
    /// The time is that of its start.
    hooked: Option<(&'w Hooked, Duration)>,
}

impl Attempt<'_> {
    /// Returns the additional headers of this attempt.
    pub(super) fn added(&self) -> Option<&HeaderList> {
        self.hooked.map(|(hooked, _)| &hooked.added)
    }

    /// Reports how the attempt ended.
    pub(super) fn end(mut self, result: &AttemptResult) {
        match result {
            Ok((response, _)) => self.report(Some(response.status), None),
            Err(failure) => self.report(failure.error.status(), Some(failure.error.kind())),
        }
    }

    fn report(&mut self, status: Option<StatusCode>, error: Option<ErrorKind>) {
        let Some((hooked, started)) = self.hooked.take() else {
            return;
        };
        let now = hooked.channel.transport().now();
        let attempt = AfterAttempt {
            about: &hooked.about,
            number: hooked.attempts,
            status,
            error,
            elapsed: now.saturating_sub(started),
        };
        for hook in hooked.hooks().attempts.iter().rev() {
            hook.after(&attempt);
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.report(None, None);
    }
}

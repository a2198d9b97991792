//! A small editor: files in a separate folder, and the messages of the server about them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::ops::Range as Bytes;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, ProtocolError, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Exit, Initialized, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{FoldingRangeRequest, Initialize, Request as _, Shutdown};
use lsp_types::{
    Diagnostic, DiagnosticSeverity, NumberOrString, Position, PublishDiagnosticsParams, Range, Uri,
};
use serde_json::{Value as Json, json};

/// The maximum time for a response.
const PATIENCE: Duration = Duration::from_secs(60);

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

pub(crate) struct Editor {
    connection: Connection,
    server: Option<JoinHandle<Result<(), ProtocolError>>>,
    folder: PathBuf,
    requests: i32,
    versions: BTreeMap<String, i32>,
    texts: BTreeMap<String, String>,
    /// The messages that were shown.
    pub(crate) messages: Vec<String>,
    /// The last published diagnostics of each file, by its name.
    pub(crate) published: BTreeMap<String, (Option<i32>, Vec<Diagnostic>)>,
}

impl Editor {
    /// Starts a server with files in a workspace.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        Self::in_folder("", files)
    }

    /// Starts a server with files, of which the workspace only has those in a folder.
    pub(crate) fn in_folder(workspace: &str, files: &[(&str, &str)]) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let name = format!("specwright-lsp-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let (own, theirs) = Connection::memory();
        let mut editor = Self {
            connection: own,
            server: Some(std::thread::spawn(move || specwright::lsp::serve(&theirs))),
            folder,
            requests: 0,
            versions: BTreeMap::new(),
            texts: BTreeMap::new(),
            messages: Vec::new(),
            published: BTreeMap::new(),
        };
        for (name, text) in files {
            editor.write(name, text);
        }
        let uri = editor.uri(workspace);
        let folders = json!([{ "uri": uri, "name": "workspace" }]);
        let parameters = json!({ "capabilities": {}, "workspaceFolders": folders });
        editor.ask_json(Initialize::METHOD, parameters);
        editor.tell(Initialized::METHOD, json!({}));
        editor
    }

    /// Writes a file without notifying the server.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Deletes a file, and notifies the server that files have changed.
    pub(crate) fn delete(&mut self, name: &str) {
        fs::remove_file(self.folder.join(name)).unwrap();
        self.tell(DidChangeWatchedFiles::METHOD, json!({ "changes": [] }));
    }

    /// Writes a file that already exists, and notifies the server.
    pub(crate) fn rewrite(&mut self, name: &str, text: &str) {
        self.write(name, text);
        let change = json!({ "uri": self.uri(name), "type": 2 });
        self.tell(
            DidChangeWatchedFiles::METHOD,
            json!({ "changes": [change] }),
        );
    }

    pub(crate) fn uri(&self, name: &str) -> Uri {
        Uri::from_str(&format!("file://{}/{name}", self.folder.display())).unwrap()
    }

    /// Opens a file with its text on disk.
    pub(crate) fn open(&mut self, name: &str) {
        let text = fs::read_to_string(self.folder.join(name)).unwrap();
        self.open_text(name, &text);
    }

    pub(crate) fn open_text(&mut self, name: &str, text: &str) {
        self.versions.insert(name.to_owned(), 1);
        self.texts.insert(name.to_owned(), text.to_owned());
        let document =
            json!({ "uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text });
        self.tell(
            DidOpenTextDocument::METHOD,
            json!({ "textDocument": document }),
        );
    }

    pub(crate) fn close(&mut self, name: &str) {
        let document = json!({ "uri": self.uri(name) });
        self.versions.remove(name);
        self.texts.remove(name);
        self.tell(
            DidCloseTextDocument::METHOD,
            json!({ "textDocument": document }),
        );
    }

    /// Notifies the server that an open file was saved.
    pub(crate) fn save(&self, name: &str) {
        let document = json!({ "uri": self.uri(name) });
        self.tell(
            DidSaveTextDocument::METHOD,
            json!({ "textDocument": document }),
        );
    }

    /// Replaces the first occurrence of a text in an open file, as typing does.
    pub(crate) fn replace(&mut self, name: &str, old: &str, new: &str) {
        let at = self.texts[name].find(old).unwrap();
        self.replace_range(name, at..at + old.len(), new);
    }

    /// Replaces some bytes of an open file.
    pub(crate) fn replace_range(&mut self, name: &str, bytes: Bytes<usize>, new: &str) {
        let text = self.texts.get_mut(name).unwrap();
        let range = Range::new(position(text, bytes.start), position(text, bytes.end));
        text.replace_range(bytes, new);
        self.change(name, &json!([{ "range": range, "text": new }]));
    }

    fn change(&mut self, name: &str, changes: &Json) {
        let version = self.versions.get_mut(name).unwrap();
        *version += 1;
        let document = json!({ "uri": self.uri(name), "version": self.versions[name] });
        let parameters = json!({ "textDocument": document, "contentChanges": changes });
        self.tell(DidChangeTextDocument::METHOD, parameters);
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        &self.texts[name]
    }

    pub(crate) fn tell(&self, method: &str, parameters: Json) {
        let notification = Notification::new(method.to_owned(), parameters);
        self.connection.sender.send(notification.into()).unwrap();
    }

    /// Sends a request, and returns its result or the message of its error.
    pub(crate) fn try_ask(&mut self, method: &str, parameters: Json) -> Result<Json, String> {
        self.requests += 1;
        let request = Request::new(self.requests.into(), method.to_owned(), parameters);
        let id = request.id.clone();
        self.connection.sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = self.receive() {
                assert_eq!(response.id, id);
                return response.response_result.map_err(|error| error.message);
            }
        }
    }

    pub(crate) fn ask_json(&mut self, method: &str, parameters: Json) -> Json {
        self.try_ask(method, parameters).unwrap()
    }

    /// Receives the next message of the server, and stores published diagnostics.
    fn receive(&mut self) -> Message {
        let message = self.connection.receiver.recv_timeout(PATIENCE).unwrap();
        if let Message::Notification(notification) = &message
            && notification.method == PublishDiagnostics::METHOD
        {
            let published = serde_json::from_value(notification.params.clone()).unwrap();
            let PublishDiagnosticsParams {
                uri,
                diagnostics,
                version,
            } = published;
            let folder = self.uri("").as_str().to_owned();
            let name = uri.as_str().strip_prefix(&folder).unwrap().to_owned();
            self.published.insert(name, (version, diagnostics));
        }
        if let Message::Notification(notification) = &message
            && notification.method == ShowMessage::METHOD
        {
            self.messages
                .push(notification.params["message"].as_str().unwrap().to_owned());
        }
        message
    }

    /// Waits until the newest texts were checked, and returns the diagnostics of all files.
    pub(crate) fn diagnostics(&mut self, name: &str) -> String {
        let document = json!({ "textDocument": { "uri": self.uri(name) } });
        self.ask_json(FoldingRangeRequest::METHOD, document);
        self.shown()
    }

    /// The diagnostics of all files, one line each.
    pub(crate) fn shown(&self) -> String {
        let mut text = String::new();
        for (name, (version, diagnostics)) in &self.published {
            let version = version.map_or("not open".to_owned(), |version| version.to_string());
            writeln!(text, "{name} ({version})").unwrap();
            for one in diagnostics {
                let Some(NumberOrString::String(code)) = &one.code else {
                    panic!("a diagnostic has no code");
                };
                let level = match one.severity {
                    Some(DiagnosticSeverity::ERROR) => "error",
                    _ => "warning",
                };
                let range = shown_range(one.range);
                let message = one.message.replace('\n', "\n        ");
                writeln!(text, "    {range} {level} {code} {message}").unwrap();
            }
        }
        text
    }

    /// Ends the server. Messages that the editor sends before it knows of the end change nothing.
    pub(crate) fn end(mut self) {
        self.ask_json(Shutdown::METHOD, Json::Null);
        let late = Response::new_ok("files".to_owned().into(), Json::Null);
        self.connection.sender.send(late.into()).unwrap();
        self.tell(DidChangeWatchedFiles::METHOD, json!({ "changes": [] }));
        let refused = self.try_ask(FoldingRangeRequest::METHOD, Json::Null);
        assert_eq!(refused, Err("the server is shutting down".to_owned()));
        self.tell(Exit::METHOD, Json::Null);
        let ended = self.server.take().unwrap().join();
        ended.unwrap().unwrap();
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn shown_range(range: Range) -> String {
    let Range { start, end } = range;
    let (line, other) = (start.line, end.line);
    let (from, to) = (start.character, end.character);
    if line == other {
        format!("{line}:{from}-{to}")
    } else {
        format!("{line}:{from}-{other}:{to}")
    }
}

/// The position of a byte. A line ends with `\n`, `\r\n` or `\r`.
pub(crate) fn position(text: &str, at: usize) -> Position {
    let mut position = Position::new(0, 0);
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        if start >= at {
            break;
        }
        let is_parted = character == '\r' && rest.peek().is_some_and(|(_, next)| *next == '\n');
        if character == '\n' || character == '\r' && !is_parted {
            position = Position::new(position.line + 1, 0);
        } else {
            position.character += u32::try_from(character.len_utf16()).unwrap();
        }
    }
    position
}

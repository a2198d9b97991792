//! The requests and notifications of the editor.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_server::{
    Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response,
};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Exit, Notification as _, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest,
    GotoDefinition, HoverRequest, PrepareRenameRequest, References, RegisterCapability, Rename,
    Request as _, Shutdown,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, CompletionResponse, DocumentSymbolResponse, FileChangeType, FileEvent,
    FoldingRangeProviderCapability, GotoDefinitionResponse, HoverProviderCapability,
    InitializeParams, InitializeResult, MessageType, OneOf, Position, PrepareRenameResponse,
    RenameOptions, ServerCapabilities, ServerInfo, ShowMessageParams, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::action::actions;
use super::check::Checked;
use super::completion::completions;
use super::hover::hover;
use super::navigate::{definition, lenses, references};
use super::rename::{Everywhere, rename, renamed};
use super::roots::{MOST_SEARCHED, Workspace};
use super::symbol::{folding_ranges, symbols};
use super::texts::Texts;
use super::uri::path_of;
use super::worker::Worker;

/// Serves an editor until it requests the shutdown.
///
/// # Errors
/// Returns an error if the messages do not follow the protocol.
pub fn serve(connection: &Connection) -> Result<(), ProtocolError> {
    let (id, parameters) = connection.initialize_start()?;
    let parameters: InitializeParams = serde_json::from_value(parameters).unwrap_or_default();
    let result = InitializeResult {
        capabilities: capabilities(),
        server_info: Some(ServerInfo {
            name: "specwright".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    let result = serde_json::to_value(result).unwrap_or_default();
    connection.initialize_finish(id, result)?;
    let sender = connection.sender.clone();
    // Sending only fails if the editor is gone, so the message is not needed.
    let send = move |message| drop(sender.send(message));
    let snippets = parameters.capabilities.text_document.as_ref();
    let snippets = snippets.and_then(|own| own.completion.as_ref()?.completion_item.as_ref());
    let folders = folders(&parameters);
    let mut server = Server {
        snippets: snippets.and_then(|own| own.snippet_support) == Some(true),
        texts: Texts::default(),
        worker: Worker::start(folders.clone(), send.clone()),
        folders,
        watches: watches(&parameters),
        send: Box::new(send),
    };
    if server.watches {
        (server.send)(watching().into());
    }
    server.run(connection);
    server.worker.stop();
    Ok(())
}

/// Waits for the notification that ends the server. Responses and notifications of the editor can still arrive before it
/// and are ignored; requests are refused, as the protocol requires.
fn wait_for_exit(connection: &Connection) {
    while let Ok(message) = connection.receiver.recv() {
        match message {
            Message::Notification(notification) if notification.method == Exit::METHOD => return,
            Message::Request(request) => {
                let code = ErrorCode::InvalidRequest as i32;
                let message = "the server is shutting down".to_owned();
                let response = Response::new_err(request.id, code, message);
                let _ = connection.sender.send(response.into());
            }
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
}

/// The folders of the workspace.
fn folders(parameters: &InitializeParams) -> Vec<String> {
    let folders = parameters.workspace_folders.iter().flatten();
    let mut folders: Vec<String> = folders.map(|folder| path_of(&folder.uri)).collect();
    #[expect(deprecated, reason = "older editors only support one folder")]
    if folders.is_empty() {
        folders.extend(parameters.root_uri.as_ref().map(path_of));
    }
    folders
}

/// Whether the editor watches files if it is asked to.
fn watches(parameters: &InitializeParams) -> bool {
    let workspace = parameters.capabilities.workspace.as_ref();
    let watched = workspace.and_then(|own| own.did_change_watched_files);
    watched.and_then(|own| own.dynamic_registration) == Some(true)
}

/// The notification that shows a warning.
fn warning(message: String) -> Message {
    let typ = MessageType::WARNING;
    let parameters = ShowMessageParams { typ, message };
    Notification::new(ShowMessage::METHOD.to_owned(), parameters).into()
}

/// The request to watch the files that can be parts of descriptions.
fn watching() -> Request {
    let options = json!({ "watchers": [{ "globPattern": "**/*.{yaml,yml,json}" }] });
    let registration = json!({
        "id": "files",
        "method": DidChangeWatchedFiles::METHOD,
        "registerOptions": options,
    });
    let parameters = json!({ "registrations": [registration] });
    let id = RequestId::from("files".to_owned());
    Request::new(id, RegisterCapability::METHOD.to_owned(), parameters)
}

fn capabilities() -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["'", "\"", "/", " ", "#"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: None,
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR_REWRITE,
                CodeActionKind::SOURCE_FIX_ALL,
            ]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// The state of the main thread.
struct Server {
    texts: Texts,
    worker: Worker,
    /// The folders of the workspace.
    folders: Vec<String>,
    /// Whether the editor supports snippets.
    snippets: bool,
    /// Whether the editor notifies of files that change, so that a saved file is not one more change.
    watches: bool,
    /// Sends a message to the editor.
    send: Box<dyn Fn(Message)>,
}

impl Server {
    fn run(&mut self, connection: &Connection) {
        while let Ok(message) = connection.receiver.recv() {
            match message {
                Message::Request(request) if request.method == Shutdown::METHOD => {
                    let response = Response::new_ok(request.id, ());
                    let _ = connection.sender.send(response.into());
                    wait_for_exit(connection);
                    return;
                }
                Message::Request(request) => {
                    let response = self.respond(request);
                    let _ = connection.sender.send(response.into());
                }
                Message::Notification(notification) => self.take(notification),
                Message::Response(_) => {}
            }
        }
    }

    /// Handles a notification. An invalid or unknown one is ignored, as the protocol requires.
    fn take(&mut self, notification: Notification) {
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(opened) = read::<DidOpenTextDocument>(notification) {
                    let document = opened.text_document;
                    self.texts
                        .open(document.uri, document.version, &document.text);
                    self.worker.check(&self.texts, None);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(changed) = read::<DidChangeTextDocument>(notification) {
                    let document = changed.text_document;
                    let changes = changed.content_changes;
                    let path = self.texts.change(&document.uri, document.version, changes);
                    if let Some(path) = path {
                        let paths = BTreeSet::from([path]);
                        self.worker.check(&self.texts, Some(paths));
                    }
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(closed) = read::<DidCloseTextDocument>(notification) {
                    self.texts.close(&closed.text_document.uri);
                    self.worker.check(&self.texts, None);
                }
            }
            // Other files may have changed without a notification.
            DidSaveTextDocument::METHOD if !self.watches => {
                self.worker.check(&self.texts, None);
            }
            DidChangeWatchedFiles::METHOD => {
                let watched = read::<DidChangeWatchedFiles>(notification);
                let paths = watched.and_then(|watched| self.changed(&watched.changes));
                self.worker.check(&self.texts, paths);
            }
            _ => {}
        }
    }

    /// The changed files that are not open; `None` if any description may be affected, because a file is new or gone.
    fn changed(&self, changes: &[FileEvent]) -> Option<BTreeSet<String>> {
        let mut all = changes.iter();
        if changes.is_empty() || all.any(|change| change.typ != FileChangeType::CHANGED) {
            return None;
        }
        let paths = changes.iter().map(|change| path_of(&change.uri));
        Some(
            paths
                .filter(|path| self.texts.get(path).is_none())
                .collect(),
        )
    }

    /// The newest results, with the other files of the workspace.
    fn everywhere(&self) -> Everywhere {
        let found = self.worker.newest();
        let open = Arc::new(self.texts.for_reading());
        let mut workspace = Workspace::of(&self.folders, &open);
        workspace.add_configurations(found.checked.keys(), &open);
        if !workspace.is_complete {
            let message = format!(
                "the workspace has more than {MOST_SEARCHED} folders, and descriptions in the others were not searched"
            );
            (self.send)(warning(message));
        }
        let closed = workspace.closed_descriptions(&open);
        let closed = closed.filter(|root| !found.checked.contains_key(*root));
        let others = closed.filter_map(|root| Checked::closed(root, &open));
        Everywhere {
            others: others.collect(),
            files: workspace.files,
            found,
            open,
        }
    }

    fn respond(&self, request: Request) -> Response {
        match request.method.as_str() {
            CodeActionRequest::METHOD => respond::<CodeActionRequest>(request, |parameters| {
                let path = path_of(&parameters.text_document.uri);
                Ok(Some(actions(&self.worker.newest(), &path, &parameters)))
            }),
            DocumentSymbolRequest::METHOD => {
                respond::<DocumentSymbolRequest>(request, |parameters| {
                    let path = path_of(&parameters.text_document.uri);
                    let symbols = symbols(&self.worker.newest(), &path);
                    Ok(Some(DocumentSymbolResponse::Nested(symbols)))
                })
            }
            FoldingRangeRequest::METHOD => respond::<FoldingRangeRequest>(request, |parameters| {
                let path = path_of(&parameters.text_document.uri);
                Ok(Some(folding_ranges(&self.worker.newest(), &path)))
            }),
            GotoDefinition::METHOD => respond::<GotoDefinition>(request, |parameters| {
                let (path, position) = place(&parameters.text_document_position_params);
                let locations = definition(&self.worker.newest(), &path, position);
                Ok(Some(GotoDefinitionResponse::Array(locations)))
            }),
            References::METHOD => respond::<References>(request, |parameters| {
                let (path, position) = place(&parameters.text_document_position);
                let all = parameters.context.include_declaration;
                let Everywhere { found, others, .. } = self.everywhere();
                Ok(Some(references(&found, &others, (&path, position), all)))
            }),
            PrepareRenameRequest::METHOD => {
                respond::<PrepareRenameRequest>(request, |parameters| {
                    let (path, position) = place(&parameters);
                    let range = renamed(&self.worker.newest(), &path, position);
                    Ok(range.map(PrepareRenameResponse::Range))
                })
            }
            Rename::METHOD => respond::<Rename>(request, |parameters| {
                let (path, position) = place(&parameters.text_document_position);
                let renamed = rename(&self.everywhere(), (&path, position), &parameters.new_name);
                let (edit, warnings) = renamed?;
                for one in warnings {
                    (self.send)(warning(one));
                }
                Ok(Some(edit))
            }),
            HoverRequest::METHOD => respond::<HoverRequest>(request, |parameters| {
                let (path, position) = place(&parameters.text_document_position_params);
                Ok(hover(&self.worker.newest(), &path, position))
            }),
            CodeLensRequest::METHOD => respond::<CodeLensRequest>(request, |parameters| {
                let path = path_of(&parameters.text_document.uri);
                Ok(Some(lenses(&self.worker.newest(), &path)))
            }),
            Completion::METHOD => respond::<Completion>(request, |parameters| {
                let (path, position) = place(&parameters.text_document_position);
                let items = self.texts.get(&path).map(|open| {
                    let file = (path.as_str(), &*open.text);
                    completions(&self.worker.last(), file, position, self.snippets)
                });
                Ok(items.map(CompletionResponse::Array))
            }),
            unknown => {
                let message = format!("unknown request `{unknown}`");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
            }
        }
    }
}

fn place(parameters: &TextDocumentPositionParams) -> (String, Position) {
    (path_of(&parameters.text_document.uri), parameters.position)
}

/// The response to a request: its result, or the message of an error.
fn respond<R: lsp_types::request::Request>(
    request: Request,
    result: impl FnOnce(R::Params) -> Result<R::Result, String>,
) -> Response {
    match serde_json::from_value(request.params) {
        Ok(parameters) => match result(parameters) {
            Ok(result) => Response::new_ok(request.id, result),
            Err(message) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, message),
        },
        Err(error) => {
            let code = ErrorCode::InvalidParams as i32;
            Response::new_err(request.id, code, error.to_string())
        }
    }
}

/// The parameters of a notification, if they are valid.
fn read<N>(notification: Notification) -> Option<N::Params>
where
    N: lsp_types::notification::Notification,
    N::Params: DeserializeOwned,
{
    serde_json::from_value(notification.params).ok()
}

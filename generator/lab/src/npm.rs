//! `cargo lab npm`: holds the schema for editors against YAML's language server, and the report in SARIF against its
//! published schema.

use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Args;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value as Json, json};
use specwright::check;
use specwright::diagnostic::Format;

use crate::process;

/// Where the programs are.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder where `npm install yaml-language-server ajv-draft-04 ajv-formats @microsoft/jest-sarif` was run.
    #[arg(long, default_value = "target/npm")]
    npm: PathBuf,
}

/// The descriptions that have no mistake.
const SOUND: [&str; 2] = ["spec/insightiq.yaml", "spec/workspaces.yaml"];

/// The description that the mistakes are made in.
const BROKEN: &str = "spec/workspaces.yaml";

/// Mistakes: a text of the description and what replaces its first occurrence.
const MISTAKES: [(&str, &str); 5] = [
    ("operationId:", "operatonId:"),
    ("in: path", "in: pth"),
    ("type: object", "type: objekt"),
    ("required: true", "required: sure"),
    ("responses:", "respones:"),
];

/// How long the server may be silent before its diagnostics count as complete.
const SILENCE: Duration = Duration::from_secs(3);

/// How long the server may take for its first diagnostics.
const LONGEST: Duration = Duration::from_secs(30);

/// Prints a line for each description, and whether each is as expected.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    let program = arguments.npm.join("node_modules/.bin/yaml-language-server");
    if !program.is_file() {
        return Ok((
            "skipped: it is not installed; see `--npm`\n".to_owned(),
            true,
        ));
    }
    let mut editor = Editor::start(&program)?;
    let (mut lines, mut passed) = (Vec::new(), true);
    for name in SOUND {
        let found = editor.diagnostics(name, &std::fs::read_to_string(name)?)?;
        passed &= found.is_empty();
        lines.push(format!("{name}: {} diagnostics\n", found.len()));
    }
    let sound = std::fs::read_to_string(BROKEN)?;
    for (number, (right, wrong)) in (1..).zip(MISTAKES) {
        let line = sound.lines().position(|line| line.contains(right));
        let broken = sound.replacen(right, wrong, 1);
        let found = editor.diagnostics(&format!("spec/broken-{number}.yaml"), &broken)?;
        let here = found.iter().find(|one| {
            let start = one["range"]["start"]["line"].as_u64();
            start.and_then(|start| usize::try_from(start).ok()) == line
        });
        passed &= here.is_some();
        let message = here.map_or("nothing there".to_owned(), |one| one["message"].to_string());
        lines.push(format!("`{wrong}`: {message}\n"));
    }
    editor.end()?;
    let (report, is_valid) = sarif(&arguments.npm)?;
    Ok((lines.concat() + &report, passed && is_valid))
}

/// The language server and the messages that it sends.
struct Editor {
    child: Child,
    input: BufWriter<ChildStdin>,
    messages: Receiver<Message>,
}

impl Editor {
    fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg("--stdio").stderr(Stdio::null());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let none = || io::Error::other("the server has no input or output");
        let input = BufWriter::new(child.stdin.take().ok_or_else(none)?);
        let mut output = BufReader::new(child.stdout.take().ok_or_else(none)?);
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            child,
            input,
            messages,
        };
        editor.ask(
            "initialize",
            json!({"capabilities": {"workspace": {"configuration": true}}}),
        )?;
        editor.tell("initialized", json!({}))?;
        let settings = json!({"yaml": settings()});
        editor.tell(
            "workspace/didChangeConfiguration",
            json!({"settings": settings}),
        )?;
        Ok(editor)
    }

    /// The last diagnostics of a file that is opened with this text.
    fn diagnostics(&mut self, name: &str, text: &str) -> io::Result<Vec<Json>> {
        let path = std::env::current_dir()?.join(name);
        let uri = format!("file://{}", path.display());
        let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}))?;
        let mut found = None;
        loop {
            let patience = if found.is_some() { SILENCE } else { LONGEST };
            let Ok(message) = self.messages.recv_timeout(patience) else {
                let none = || io::Error::other(format!("no diagnostics for {name}"));
                return found.ok_or_else(none);
            };
            match message {
                Message::Request(request) => self.respond(&request)?,
                Message::Notification(one) if one.method == "textDocument/publishDiagnostics" => {
                    if one.params["uri"].as_str() == Some(&uri) {
                        found = one.params["diagnostics"].as_array().cloned();
                    }
                }
                Message::Notification(_) | Message::Response(_) => {}
            }
        }
    }

    /// Responds to a request of the server: to one for the configuration with the settings, to any other with null.
    fn respond(&mut self, request: &Request) -> io::Result<()> {
        let items = request.params["items"].as_array().cloned();
        let value = |item: Json| match item["section"].as_str() {
            Some("yaml") => settings(),
            _ => Json::Null,
        };
        let result = items.map(|items| items.into_iter().map(value).collect::<Json>());
        let response = Response::new_ok(request.id.clone(), result.unwrap_or_default());
        self.send(&response.into())
    }

    fn ask(&mut self, method: &str, parameters: Json) -> io::Result<()> {
        let id = RequestId::from(1);
        self.send(&Request::new(id, method.to_owned(), parameters).into())?;
        loop {
            let message = self
                .messages
                .recv_timeout(LONGEST)
                .map_err(io::Error::other)?;
            if matches!(message, Message::Response(_)) {
                return Ok(());
            }
        }
    }

    fn tell(&mut self, method: &str, parameters: Json) -> io::Result<()> {
        self.send(&Notification::new(method.to_owned(), parameters).into())
    }

    fn send(&mut self, message: &Message) -> io::Result<()> {
        message.write(&mut self.input)?;
        self.input.flush()
    }

    fn end(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

/// The settings of the server: no schemas but those that a file names.
fn settings() -> Json {
    json!({"validate": true, "schemaStore": {"enable": false}})
}

/// Checks the report of the broken descriptions of the tests against the published schema.
fn sarif(npm: &Path) -> io::Result<(String, bool)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir("generator/tests/errors")? {
        files.push(entry?.path());
    }
    files.retain(|path| {
        path.extension()
            .is_some_and(|it| it == "yaml" || it == "json")
    });
    files.sort();
    let report = std::env::temp_dir().join(format!("specwright-{}.sarif", std::process::id()));
    std::fs::write(&report, check(&files).render(Format::Sarif, false))?;
    let mut command = Command::new("node");
    let command = command
        .current_dir(npm)
        .arg("-e")
        .arg(VALIDATE)
        .arg(&report);
    let faults = process::output(command);
    std::fs::remove_file(&report)?;
    let faults = faults?;
    Ok((
        format!("SARIF, {} files: {faults}", files.len()),
        faults == "valid\n",
    ))
}

/// Prints `valid`, or the mistakes of the report that is the argument.
const VALIDATE: &str = r#"
const { readFileSync } = require("fs");
const Ajv = require("ajv-draft-04").default;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
require("ajv-formats").default(ajv);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const published = "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
const validate = ajv.compile(read(published));
console.log(validate(read(process.argv[1])) ? "valid" : JSON.stringify(validate.errors, null, 2));
"#;

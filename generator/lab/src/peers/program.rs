//! Programs that make one call with a generated client.

use std::fs;
use std::io;

use super::compile::{PROGRAM, Place};
use super::tool::Tool;

/// The small description.
pub(super) const SMALL: &str = "progenitor-buildomat";

/// The statements that make a call: one object by its identifier. Programs are built only where there are such.
pub(super) fn call(document: &str, tool: Tool) -> Option<&'static str> {
    Some(match (document, tool) {
        (SMALL, Tool::OpenapiGenerator) => {
            r#"
    let mut configuration = api::apis::configuration::Configuration::new();
    configuration.base_path = "http://127.0.0.1:9".to_owned();
    let task = api::apis::default_api::task_get(&configuration, "1").await?;
    println!("{}", task.state);
"#
        }
        (SMALL, Tool::Oas3Gen) => {
            r#"
    let client = api::BuildomatClient::with_base_url("http://127.0.0.1:9")?;
    let path = api::TaskGetRequestPath { task: "1".to_owned() };
    if let api::ApiResponse::Ok(task) = client.task_get(api::TaskGetRequest { path }).await? {
        println!("{}", task.state);
    }
"#
        }
        (SMALL, Tool::OpenapiToRust) => {
            r#"
    let client = api::generated::client::HttpClient::new().with_base_url("http://127.0.0.1:9");
    let task = client.task_get("1").await?;
    println!("{}", task.state);
"#
        }
        (SMALL, Tool::Ploidy) => {
            r#"
    let client = api::Client::new("http://127.0.0.1:9")?;
    let task = client.task_get("1").await?;
    println!("{}", task["state"]);
"#
        }
        (SMALL, Tool::Progenitor) => {
            r#"
    let client = api::Client::new("http://127.0.0.1:9");
    let task = client.task_get().task("1").send().await?;
    println!("{}", task.state);
"#
        }
        (SMALL, Tool::Specwright) => {
            r#"
    let client = api::progenitor_buildomat::Client::builder("http://127.0.0.1:9").build()?;
    let task = client.task().get("1").await?;
    println!("{}", task.state);
"#
        }
        ("openai", Tool::OpenapiToRust) => {
            r#"
    let client = api::generated::client::HttpClient::new().with_base_url("http://127.0.0.1:9");
    let model = client.retrieve_model("1").await?;
    println!("{}", model.id);
"#
        }
        ("openai", Tool::Ploidy) => {
            r#"
    let client = api::Client::new("http://127.0.0.1:9")?;
    let model = client.retrieve_model("1").await?;
    println!("{}", model.id);
"#
        }
        ("openai", Tool::Specwright) => {
            r#"
    let client = api::openai::Client::builder("http://127.0.0.1:9").token("TOKEN").build()?;
    let model = client.models().retrieve_model("1").await?;
    println!("{}", model.id);
"#
        }
        _ => return None,
    })
}

/// Writes the package of the program. Without a call, it only depends on the client.
pub(super) fn write(place: &Place, document: &str, tool: Tool) -> io::Result<()> {
    let dir = place.program();
    let name = &place.package;
    let manifest = format!(
        "[package]\nname = \"{PROGRAM}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         api = {{ package = \"{name}\", path = \"../{name}\" }}\n\
         tokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n"
    );
    let call = call(document, tool).unwrap_or("\n");
    let main = format!(
        "fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;\n    \
         runtime.block_on(call())\n}}\n\n\
         async fn call() -> Result<(), Box<dyn std::error::Error>> {{{call}    Ok(())\n}}\n"
    );
    fs::create_dir_all(dir.join("src"))?;
    fs::write(dir.join("Cargo.toml"), manifest)?;
    fs::write(dir.join("src/main.rs"), main)
}

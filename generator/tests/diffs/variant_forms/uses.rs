//! Uses of the old crate that no longer compile with the new one.

fn breaks_server() -> api::Server {
    api::Server::Default
}

fn breaks_output(output: &api::resources::pets::AddOutput) -> bool {
    matches!(output, api::resources::pets::AddOutput::Accepted)
}

fn breaks_webhook(event: &api::webhooks::WebhookEvent) -> bool {
    matches!(event, api::webhooks::WebhookEvent::Ping)
}

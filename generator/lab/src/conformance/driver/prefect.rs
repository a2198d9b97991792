//! The calls that a user of the workflow server Prefect makes.

use api::prefect::types::{self, Flow, FlowRunResponse, StateCreate, StateType, VariableValue};
use api::prefect::{Client, resources};
use api::{AnyBody, Error, JsonObject, Map, Uuid};
use serde_json::json;

use crate::suite::Area;

pub(crate) async fn run(base: &str) -> Result<(), Error> {
    let client = Client::builder(base)
        .without_retry()
        .build()?;
    system(&client).await;
    if let Some(flow) = flows(&client).await {
        if let Some(run) = flow_runs(&client, &flow).await {
            states(&client, &run).await;
            run_inputs(&client, &run).await;
            artifacts(&client, &run).await;
        }
    }
    variables(&client).await;
    work_pools(&client).await;
    work_queues(&client).await;
    Ok(())
}

/// Converts the value of a variable, an artifact or a parameter.
fn object(value: serde_json::Value) -> JsonObject {
    value.as_object().cloned().unwrap_or_default().into_iter().collect()
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

/// Whether the body of an error has this text.
fn says(text: &str) -> impl FnOnce(&Error) -> bool {
    move |error| String::from_utf8_lossy(error.body()).contains(text)
}

async fn system(client: &Client) {
    let area = Area("system");
    let root = client.root();
    area.gives("health", root.health_check().await, |well| *well);
    area.gives("hello", root.hello().await, |hello| *hello == json!("👋"));
    area.gives("version", client.admin().read_version().await, |version| {
        version == "3.9.1"
    });
}

/// Returns the names of flows, in order.
fn names(flows: &[Flow]) -> Vec<&str> {
    flows.iter().map(|flow| flow.name.as_str()).collect()
}

async fn flows(client: &Client) -> Option<Flow> {
    let area = Area("flows");
    let flows = client.flows();
    let labels = Map::from_iter([("team".to_owned(), types::DeploymentCreateLabel::Text("data".to_owned()))]);
    let etl = types::FlowCreate::new("etl").tags(texts(&["nightly", "data"])).labels(labels.clone());
    let made = area.gives("create", flows.create_flow(etl).await, |flow| {
        flow.name == "etl" && flow.tags == Some(texts(&["nightly", "data"])) && flow.labels == Some(labels)
    })?;
    let again = flows.create_flow(types::FlowCreate::new("etl")).await;
    area.gives("create again gives the same", again, |flow| *flow == made);
    for (name, tag) in [("report", "data"), ("train", "model")] {
        let flow = types::FlowCreate::new(name).tags(texts(&[tag]));
        area.gives(&format!("create {name}"), flows.create_flow(flow).await, |_| true);
    }
    let wrong = flows.create_flow(types::FlowCreate::new("a/b")).await;
    area.refuses("a name with a slash is 422", wrong, 422, says("string_pattern_mismatch"));
    area.gives("read back equal", flows.read_flow(made.id).await, |flow| *flow == made);
    let read = flows.read_flow_by_name("etl").await;
    area.gives("read by name", read, |flow| *flow == made);
    let missing = flows.read_flow(Uuid::nil()).await;
    area.refuses("an unknown one is 404", missing, 404, says("Flow not found"));

    let sorted = flows.read_flows().sort(types::FlowSort::NameDesc);
    area.gives("sort", sorted.await, |found| names(found) == ["train", "report", "etl"]);
    let page = flows.read_flows().sort(types::FlowSort::NameAsc).limit(1).offset(1);
    area.gives("list a page", page.await, |found| names(found) == ["report"]);
    let by_tag = types::FlowFilter::new().tags(types::FlowFilterTags::new().all(texts(&["model"])));
    area.gives("filter by tag", flows.read_flows().flows(by_tag).await, |found| names(found) == ["train"]);
    let by_name = types::FlowFilter::new().name(types::FlowFilterName::new().like("et"));
    area.gives("filter by name", flows.read_flows().flows(by_name).await, |found| *found == [made.clone()]);
    area.gives("filter without a body", flows.read_flows().await, |found| found.len() == 3);
    let too_many = flows.read_flows().limit(1_000_000).await;
    area.refuses("a limit that is too large is 422", too_many, 422, says("less than or equal to 200"));
    area.gives("count", flows.count_flows().await, |count| *count == 3);
    let second = flows.paginate_flows().page(2).limit(2).sort(types::FlowSort::NameAsc);
    area.gives("paginate", second.await, |page| {
        names(&page.results) == ["train"] && (page.page, page.pages, page.count) == (2, 2, 3)
    });

    let update = types::FlowUpdate::new().tags(texts(&["weekly"]));
    let updated = flows.update_flow(made.id, update).await;
    area.gives("update", updated, |()| true);
    let read = flows.read_flow(made.id).await;
    let read = area.gives("read the update", read, |flow| flow.tags == Some(texts(&["weekly"])));
    let train = flows.read_flow_by_name("train").await.ok()?;
    area.gives("delete", flows.delete_flow(train.id).await, |()| true);
    let again = flows.delete_flow(train.id).await;
    area.refuses("delete again is 404", again, 404, says("Flow not found"));
    read
}

/// Returns the runs of flows.
fn runs_of(client: &Client) -> resources::flow_runs::FlowRuns<'_> {
    client.flow_runs()
}

async fn flow_runs(client: &Client, flow: &Flow) -> Option<FlowRunResponse> {
    let area = Area("flow runs");
    let runs = runs_of(client);
    let state = StateCreate::new(StateType::Scheduled).message("later");
    let create = types::FlowRunCreate::new(flow.id)
        .name("first")
        .parameters(object(json!({ "rows": 10, "dry": true, "ratio": 0.25 })))
        .tags(texts(&["manual"]))
        .idempotency_key("first-run")
        .state(state);
    let made = runs.create_flow_run(create.clone()).await;
    let made = area.gives("create", made, |run| {
        run.name.as_deref() == Some("first")
            && run.flow_id == flow.id
            && run.state_type == Some(StateType::Scheduled)
            && run.parameters == Some(object(json!({ "rows": 10, "dry": true, "ratio": 0.25 })))
            && run.start_time.is_none()
    })?;
    let again = runs.create_flow_run(create).await;
    area.gives("the same idempotency key gives the same", again, |run| run.id == made.id);
    let second = types::FlowRunCreate::new(flow.id).name("second");
    area.gives("create a second", runs.create_flow_run(second).await, |_| true);
    let read = runs.read_flow_run(made.id).await;
    area.gives("read back equal", read, |run| {
        (run.id, &run.parameters, &run.tags, &run.state_id) == (made.id, &made.parameters, &made.tags, &made.state_id)
    });
    let missing = runs.read_flow_run(Uuid::nil()).await;
    area.refuses("an unknown one is 404", missing, 404, says("not found"));

    let by_name = types::FlowRunFilter::new().name(types::FlowRunFilterName::new().any(texts(&["second"])));
    area.gives("filter by name", runs.read_flow_runs().flow_runs(by_name).await, |found| {
        found.len() == 1 && found[0].name.as_deref() == Some("second")
    });
    let scheduled = types::FlowRunFilterStateType::new().any(vec![StateType::Scheduled]);
    let scheduled = types::FlowRunFilterState::new().r#type(scheduled);
    let scheduled = types::FlowRunFilter::new().state(scheduled);
    area.gives("filter by state", runs.read_flow_runs().flow_runs(scheduled).await, |found| {
        found.len() == 1 && found[0].id == made.id
    });
    let page = runs.read_flow_runs().sort(types::FlowRunSort::NameAsc).limit(1).offset(1);
    area.gives("list a page", page.await, |found| {
        found.len() == 1 && found[0].name.as_deref() == Some("second")
    });
    area.gives("count", runs.count_flow_runs().await, |count| *count == 2);
    let page = runs.paginate_flow_runs().limit(1);
    area.gives("paginate", page.await, |page| page.results.len() == 1 && (page.pages, page.count) == (2, 2));
    let update = types::FlowRunUpdate::new().name("renamed").tags(texts(&["kept"]));
    area.gives("update", runs.update_flow_run(made.id, update).await, |()| true);
    area.gives("read the update", runs.read_flow_run(made.id).await, |run| {
        run.name.as_deref() == Some("renamed") && run.tags == Some(texts(&["kept"])) && run.parameters == made.parameters
    });
    let labels = runs.update_flow_run_labels(made.id, object(json!({ "team": "data" })));
    area.gives("label", labels.await, |()| true);
    let download = runs.download_logs(made.id).send_bytes().await;
    area.gives("download the logs as CSV", download, |csv| {
        csv.body().starts_with(b"timestamp")
    });
    Some(made)
}

async fn states(client: &Client, run: &FlowRunResponse) {
    let area = Area("states");
    let runs = runs_of(client);
    let set = |id, kind, force| {
        runs.set_flow_run_state(id, StateCreate::new(kind)).force(force)
    };
    area.gives("start", set(run.id, StateType::Running, true).await, |done| {
        done.status == types::SetStateStatus::Accept
            && done.state.as_ref().is_some_and(|state| state.r#type == StateType::Running)
    });
    area.gives("complete", set(run.id, StateType::Completed, false).await, |done| {
        done.status == types::SetStateStatus::Accept
    });
    let second = types::FlowRunCreate::new(run.flow_id).state(StateCreate::new(StateType::Pending));
    if let Ok(second) = runs.create_flow_run(second).await {
        area.gives("a pending run does not become pending", set(second.id, StateType::Pending, false).await, |done| {
            let details = matches!(done.details, types::FlowRunOrchestrationResultDetails::StateAbortDetails(_));
            done.status == types::SetStateStatus::Abort && details
        });
    }
    let unknown = set(run.id, StateType::Unknown("ASLEEP".to_owned()), false).await;
    area.refuses("an unknown state is 422", unknown, 422, says("ASLEEP"));
    let read = runs.read_flow_run(run.id).await;
    area.gives("read the state", read, |run| {
        run.state_type == Some(StateType::Completed) && run.end_time >= run.start_time && run.run_count == Some(1)
    });
    let states = client.flow_run_states().read_flow_run_states(run.id).await;
    area.gives("read all states", states, |states| {
        states.iter().map(|state| &state.r#type).eq([&StateType::Scheduled, &StateType::Running, &StateType::Completed])
    });
}

async fn run_inputs(client: &Client, run: &FlowRunResponse) {
    let area = Area("run inputs");
    let runs = runs_of(client);
    let create = || {
        runs.create_flow_run_input(run.id, "approval", "\"yes\"").sender("me")
    };
    area.gives("create", create().await, |_| true);
    area.refuses("a key that is taken is 409", create().await, 409, says("already exists"));
    let read = runs.read_flow_run_input(run.id, "approval").await;
    area.gives("read back equal", read, |value| *value == AnyBody::Text("\"yes\"".to_owned()));
    let deleted = runs.delete_flow_run_input(run.id, "approval").await;
    area.gives("delete", deleted, |()| true);
    let missing = runs.read_flow_run_input(run.id, "approval").await;
    area.refuses("read again is 404", missing, 404, says("not found"));
}

async fn artifacts(client: &Client, run: &FlowRunResponse) {
    let area = Area("artifacts");
    let artifacts = client.artifacts();
    let metadata = Map::from_iter([("source".to_owned(), "warehouse".to_owned())]);
    let create = |data: serde_json::Value| {
        let create = types::ArtifactCreate::new()
            .key("report")
            .r#type("table")
            .data(types::ArtifactData::Object(object(data)))
            .metadata(metadata.clone())
            .flow_run_id(run.id);
        artifacts.create_artifact(create)
    };
    let Some(made) = area.gives("create", create(json!({ "rows": [1, 2] })).await, |artifact| {
        artifact.key.as_deref() == Some("report")
            && artifact.metadata.as_ref() == Some(&metadata)
            && artifact.flow_run_id == Some(run.id)
            && artifact.data == Some(types::ArtifactData::Object(object(json!({ "rows": [1, 2] }))))
    }) else {
        return;
    };
    let id = made.id.unwrap_or_default();
    let read = artifacts.read_artifact(id).await;
    area.gives("read back equal", read, |artifact| *artifact == made);
    area.gives("create a second version", create(json!({ "rows": [3] })).await, |_| true);
    let latest = artifacts.read_latest_artifact("report").await;
    area.gives("read the latest version", latest, |artifact| {
        artifact.data == Some(types::ArtifactData::Object(object(json!({ "rows": [3] }))))
    });
    let wrong = artifacts.create_artifact(types::ArtifactCreate::new().key("Bad Key")).await;
    area.refuses("a key with a space is 422", wrong, 422, says("Artifact key must"));
    let missing = artifacts.read_latest_artifact("none").await;
    area.refuses("an unknown key is 404", missing, 404, says("not found"));
    let by_key = types::ArtifactFilter::new().key(types::ArtifactFilterKey::new().like("rep"));
    let found = artifacts.read_artifacts().artifacts(by_key).sort(types::ArtifactSort::CreatedDesc);
    area.gives("filter", found.await, |found| found.len() == 2 && found[1] == made);
    area.gives("count", artifacts.count_artifacts().await, |count| *count == 2);
    let latest = artifacts.count_latest_artifacts().await;
    area.gives("count the latest versions", latest, |count| *count == 1);
    let update = types::ArtifactUpdate::new().description("of today");
    area.gives("update", artifacts.update_artifact(id, update).await, |()| true);
    area.gives("read the update", artifacts.read_artifact(id).await, |artifact| {
        artifact.description.as_deref() == Some("of today") && artifact.data == made.data
    });
    area.gives("delete", artifacts.delete_artifact(id).await, |()| true);
    let again = artifacts.read_artifact(id).await;
    area.refuses("read again is 404", again, 404, says("not found"));
}

async fn variables(client: &Client) {
    let area = Area("variables");
    let variables = client.variables();
    let values = [
        ("text", VariableValue::Text("eu-west".to_owned())),
        ("number", VariableValue::Integer(3)),
        ("fraction", VariableValue::Number(0.5)),
        ("flag", VariableValue::Boolean(true)),
        ("list", VariableValue::List(vec![json!(1), json!("two")])),
        ("object", VariableValue::Object(object(json!({ "a": { "b": null } })))),
    ];
    for (name, value) in values {
        let create = types::VariableCreate::new(name, Some(value.clone())).tags(texts(&["all"]));
        let made = variables.create_variable(create).await;
        area.gives(&format!("create {name}"), made, |variable| variable.value == Some(value));
    }
    let null = variables.create_variable(types::VariableCreate::new("nothing", None)).await;
    area.gives("create null", null, |variable| variable.value.is_none());
    let again = variables.create_variable(types::VariableCreate::new("text", None)).await;
    area.refuses("a name that is taken is 409", again, 409, says("already exists"));
    let wrong = variables.create_variable(types::VariableCreate::new("Bad Name", None)).await;
    area.refuses("a name with a space is 422", wrong, 422, says("Variable name must"));
    let read = variables.read_variable_by_name("text").await;
    let Some(text) = area.gives("read by name", read, |variable| variable.tags == Some(texts(&["all"]))) else {
        return;
    };
    let read = variables.read_variable(text.id).await;
    area.gives("read by id", read, |variable| *variable == text);
    let by_tag = types::VariableFilter::new().tags(types::VariableFilterTags::new().all(texts(&["all"])));
    let found = variables
        .read_variables()
        .variables(by_tag)
        .sort(types::VariableSort::NameAsc)
        .limit(2)
        .offset(1);
    area.gives("filter", found.await, |found| {
        found.iter().map(|variable| variable.name.as_str()).eq(["fraction", "list"])
    });
    area.gives("count", variables.count_variables().await, |count| *count == 7);
    let update = types::VariableUpdate::new().value(VariableValue::Text("eu-north".to_owned()));
    let updated = variables.update_variable_by_name("text", update).await;
    area.gives("update", updated, |()| true);
    let read = variables.read_variable(text.id).await;
    area.gives("read the update", read, |variable| {
        variable.value == Some(VariableValue::Text("eu-north".to_owned())) && variable.tags == text.tags
    });
    let deleted = variables.delete_variable_by_name("text").await;
    area.gives("delete", deleted, |()| true);
    let again = variables.delete_variable(text.id).await;
    area.refuses("delete again is 404", again, 404, says("not found"));
}

async fn work_pools(client: &Client) {
    let area = Area("work pools");
    let pools = client.work_pools();
    let create = |name: &str| {
        let pool = types::WorkPoolCreate::new(name).r#type("process").concurrency_limit(4);
        pools.create_work_pool(pool.description("of tests"))
    };
    let Some(made) = area.gives("create", create("local").await, |pool| {
        pool.r#type == "process" && pool.concurrency_limit == Some(4) && pool.is_paused == Some(false)
    }) else {
        return;
    };
    area.gives("create a second", create("other").await, |_| true);
    area.refuses("a name that is taken is 409", create("local").await, 409, says("already exists"));
    area.refuses("a name that is reserved is 403", create("prefect-agent").await, 403, says("reserved"));
    let read = pools.read_work_pool("local").await;
    area.gives("read back equal", read, |pool| {
        (pool.id, &pool.description, &pool.default_queue_id) == (made.id, &made.description, &made.default_queue_id)
    });
    let missing = pools.read_work_pool("none").await;
    area.refuses("an unknown one is 404", missing, 404, says("not found"));
    let by_type = types::WorkPoolFilter::new().r#type(types::WorkPoolFilterType::new().any(texts(&["process"])));
    let found = pools.read_work_pools().work_pools(by_type).limit(1);
    area.gives("filter", found.await, |found| found.len() == 1);
    area.gives("count", pools.count_work_pools().await, |count| *count == 2);
    let update = types::WorkPoolUpdate::new().is_paused(true).concurrency_limit(9);
    let updated = pools.update_work_pool("local", update).await;
    area.gives("update", updated, |()| true);
    let read = pools.read_work_pool("local").await;
    area.gives("read the update", read, |pool| {
        pool.is_paused == Some(true)
            && pool.concurrency_limit == Some(9)
            && pool.description == made.description
            && pool.status == Some(types::WorkPoolStatus::Paused)
    });
    area.gives("delete", pools.delete_work_pool("other").await, |()| true);
    let again = pools.delete_work_pool("other").await;
    area.refuses("delete again is 404", again, 404, says("not found"));
}

/// Uses the queues of the remaining pool.
async fn work_queues(client: &Client) {
    let area = Area("work queues");
    let pools = client.work_pools();
    let create = || {
        let queue = types::WorkQueueCreate::new("high").priority(1).description("first of all");
        pools.create_work_queue("local", queue)
    };
    area.gives("create", create().await, |queue| queue.name == "high" && queue.priority == Some(1));
    area.refuses("a name that is taken is 409", create().await, 409, says("already exists"));
    let read = |name: &'static str| pools.read_work_queue("local", name);
    area.gives("read back equal", read("high").await, |queue| {
        queue.description.as_deref() == Some("first of all") && queue.work_pool_name.as_deref() == Some("local")
    });
    let list = pools.read_work_queues("local").await;
    area.gives("list", list, |list| {
        let mut names: Vec<_> = list.iter().map(|queue| queue.name.as_str()).collect();
        names.sort_unstable();
        names == ["default", "high"]
    });
    let update = types::WorkQueueUpdate::new().concurrency_limit(2);
    let updated = pools.update_work_queue("local", "high", update).await;
    area.gives("update", updated, |()| true);
    area.gives("read the update", read("high").await, |queue| {
        queue.concurrency_limit == Some(2) && queue.priority == Some(1)
    });
    let deleted = pools.delete_work_queue("local", "high").await;
    area.gives("delete", deleted, |()| true);
    area.refuses("read again is 404", read("high").await, 404, says("not found"));
}

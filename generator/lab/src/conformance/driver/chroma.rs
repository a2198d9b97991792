//! The calls that a user of the vector database Chroma makes.

use api::chroma::types::{
    self, AddCollectionRecordsPayload, Collection, CollectionConfiguration, CreateCollectionPayload,
    CreateDatabasePayload, CreateTenantPayload, DeleteCollectionRecordsPayload, EmbeddingsPayload, ErrorResponse,
    GetRequestPayload, HashMapValue, HnswConfiguration, Include, QueryRequestPayload, Space,
    UpdateCollectionPayload, UpdateCollectionRecordsPayload, UpdateEmbeddingsPayload, UpdateTenantPayload,
    UpsertCollectionRecordsPayload,
};
use api::chroma::{Client, resources};
use api::{Error, Map, Uuid};
use serde_json::json;

use crate::suite::Area;

/// The tenant and the database that every server has.
const TENANT: &str = "default_tenant";
const DATABASE: &str = "default_database";

pub(crate) async fn run(base: &str) -> Result<(), Error> {
    let client = Client::builder(base)
        .without_credentials()
        .without_retry()
        .build()?;
    system(&client).await;
    tenants(&client).await;
    databases(&client).await;
    if let Some(collection) = collections(&client).await {
        records(&client, collection.id).await;
        queries(&client, collection.id).await;
        changes(&client, collection.id).await;
        removals(&client, &collection).await;
    }
    Ok(())
}

/// Whether the error is the described one, of this kind.
fn says(error: &Error, kind: &str) -> bool {
    let named = error.api::<ErrorResponse>();
    named.is_some_and(|named| named.error == kind && !named.message.is_empty())
}

async fn system(client: &Client) {
    let area = Area("system");
    let system = client.system();
    area.gives("heartbeat", system.heartbeat().await, |heartbeat| {
        heartbeat.nanosecond_heartbeat > 0
    });
    area.gives("version", system.version().await, |version| version == "1.0.0");
    area.gives("pre-flight checks", system.pre_flight_checks().await, |checks| {
        checks.max_batch_size > 0 && checks.supports_base64_encoding
    });
    let identity = client.authentication().get_user_identity().await;
    area.gives("identity", identity, |identity| identity.tenant == TENANT);
    area.gives("health", system.healthcheck().await, |health| {
        health.contains("is_executor_ready")
    });
    area.refuses("reset is forbidden", system.reset().await, 403, |error| {
        says(error, "ChromaError")
    });
}

async fn tenants(client: &Client) {
    let area = Area("tenants");
    let tenants = client.tenant();
    let made = tenants.create_tenant(CreateTenantPayload::new("acme")).await;
    area.gives("create", made, |_| true);
    let again = tenants.create_tenant(CreateTenantPayload::new("acme")).await;
    area.refuses("a name that is taken is 409", again, 409, |error| says(error, "ChromaError"));
    area.gives("read back", tenants.get_tenant("acme").await, |tenant| {
        tenant.name == "acme" && tenant.resource_name.is_none()
    });
    let changed = tenants.update_tenant("acme", UpdateTenantPayload::new("acme-resource"));
    area.gives("update", changed.await, |_| true);
    area.refuses("an unknown one is 404", tenants.get_tenant("nobody").await, 404, |error| {
        says(error, "NotFoundError")
    });
}

async fn databases(client: &Client) {
    let area = Area("databases");
    let databases = client.database();
    let create = |name: &str| databases.create_database("acme", CreateDatabasePayload::new(name));
    area.gives("create", create("books").await, |_| true);
    area.gives("create a second", create("films").await, |_| true);
    area.refuses("a name that is taken is 409", create("books").await, 409, |error| {
        says(error, "ChromaError")
    });
    area.refuses("a name that is too short is 400", create("x").await, 400, |error| {
        says(error, "InvalidArgumentError")
    });
    area.gives("read back", databases.get_database("acme", "books").await, |database| {
        database.name == "books" && database.tenant == "acme"
    });
    area.gives("list", databases.list_databases("acme").await, |list| list.len() == 2);
    let page = databases.list_databases("acme").limit(1).offset(1).await;
    area.gives("list a page", page, |list| list.len() == 1);
    area.gives("delete", databases.delete_database("acme", "films").await, |_| true);
    let again = databases.delete_database("acme", "films").await;
    area.refuses("delete again is 404", again, 404, |error| says(error, "NotFoundError"));
    let missing = databases.get_database("acme", "films").await;
    area.refuses("an unknown one is 404", missing, 404, |error| says(error, "NotFoundError"));
}

/// Returns metadata of every type for a collection.
fn metadata() -> Map<HashMapValue> {
    Map::from_iter([
        ("kind".to_owned(), HashMapValue::Text("test".to_owned())),
        ("count".to_owned(), HashMapValue::Integer(3)),
        ("share".to_owned(), HashMapValue::Number(0.5)),
        ("open".to_owned(), HashMapValue::Boolean(true)),
    ])
}

async fn collections(client: &Client) -> Option<Collection> {
    let area = Area("collections");
    let collections = client.collection();
    let create = |payload| collections.create_collection(TENANT, DATABASE, payload);
    let configuration = CollectionConfiguration::new()
        .hnsw(HnswConfiguration::new().space(Space::Cosine).ef_construction(120));
    let docs = CreateCollectionPayload::new("docs")
        .metadata(metadata())
        .configuration(configuration);
    let made = area.gives("create", create(docs).await, |made| {
        let hnsw = made.configuration_json.hnsw.value();
        made.name == "docs"
            && made.metadata == Some(metadata())
            && hnsw.is_some_and(|hnsw| hnsw.space == Space::Cosine.into())
            && hnsw.is_some_and(|hnsw| hnsw.ef_construction == 120.into())
    })?;
    let again = create(CreateCollectionPayload::new("docs")).await;
    area.refuses("a name that is taken is 409", again, 409, |error| says(error, "ChromaError"));
    let same = create(CreateCollectionPayload::new("docs").get_or_create(true)).await;
    area.gives("get or create gives the same", same, |same| same.id == made.id);
    let short = create(CreateCollectionPayload::new("a")).await;
    area.refuses("a name that is too short is 400", short, 400, |error| {
        says(error, "InvalidArgumentError")
    });
    area.gives("create a second", create(CreateCollectionPayload::new("more")).await, |_| true);
    let read = collections.get_collection(TENANT, DATABASE, "docs").await;
    area.gives("read back equal", read, |read| *read == made);
    let read = collections.get_collection_by_id(TENANT, DATABASE, made.id).await;
    area.gives("read back by id", read, |read| *read == made);
    let missing = collections.get_collection(TENANT, DATABASE, "none").await;
    area.refuses("an unknown one is 404", missing, 404, |error| says(error, "NotFoundError"));
    let list = collections.list_collections(TENANT, DATABASE);
    area.gives("list", list.await, |list| list.len() == 2);
    let page = collections.list_collections(TENANT, DATABASE).limit(1).offset(1);
    area.gives("list a page", page.await, |list| list.len() == 1);
    let count = collections.count_collections(TENANT, DATABASE).await;
    area.gives("count", count, |count| *count == 2);
    let change = UpdateCollectionPayload::new()
        .new_name("papers")
        .new_metadata(Map::from_iter([("kind".to_owned(), HashMapValue::Text("paper".to_owned()))]));
    let change = collections.update_collection(TENANT, DATABASE, made.id, change);
    area.gives("update", change.await, |_| true);
    let read = collections.get_collection(TENANT, DATABASE, "papers").await;
    area.gives("read the update", read, |read| {
        read.id == made.id && read.metadata.as_ref().is_some_and(|metadata| metadata.len() == 1)
    })
}

/// Returns the first three records, each with a vector in another direction.
fn first_records() -> AddCollectionRecordsPayload {
    let vectors = vec![vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
    AddCollectionRecordsPayload::new(embeddings(vectors), ids(&["a", "b", "c"]))
        .documents(vec![Some("one fish".to_owned()), Some("two fish".to_owned()), None])
        .metadatas(vec![Some(ranked(1)), Some(ranked(2)), None])
}

fn embeddings(vectors: Vec<Vec<f64>>) -> EmbeddingsPayload {
    vectors.into()
}

fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn ranked(rank: i64) -> types::HashMap {
    Map::from_iter([("rank".to_owned(), HashMapValue::Integer(rank))])
}

/// Returns the records of a collection.
fn records_of(client: &Client) -> resources::record::Record<'_> {
    client.record()
}

async fn records(client: &Client, id: Uuid) {
    let area = Area("records");
    let records = records_of(client);
    let add = |payload| records.collection_add(TENANT, DATABASE, id, payload);
    let get = |payload| records.collection_get(TENANT, DATABASE, id, payload);
    area.gives("add", add(first_records()).await, |_| true);
    let count = records.collection_count(TENANT, DATABASE, id).await;
    area.gives("count", count, |count| *count == 3);
    let wrong = AddCollectionRecordsPayload::new(embeddings(vec![vec![1.0, 0.0]]), ids(&["d"]));
    area.refuses("another dimension is 400", add(wrong).await, 400, |error| {
        says(error, "InvalidArgumentError")
    });
    let all = vec![Include::Documents, Include::Embeddings, Include::Metadatas];
    let one = get(GetRequestPayload::new().ids(ids(&["a"])).include(all)).await;
    area.gives("get back equal", one, |got| {
        got.ids == ids(&["a"])
            && got.embeddings == Some(vec![vec![1.0, 0.0, 0.0]])
            && got.documents == Some(vec![Some("one fish".to_owned())])
            && got.metadatas == Some(vec![Some(ranked(1))])
            && got.include.len() == 3
    });
    let absent = get(GetRequestPayload::new().ids(ids(&["c"]))).await;
    area.gives("absent properties are null", absent, |got| {
        got.documents == Some(vec![None]) && got.metadatas == Some(vec![None]) && got.embeddings.is_none()
    });
    let page = get(GetRequestPayload::new().limit(1).offset(1)).await;
    area.gives("get a page", page, |got| got.ids == ids(&["b"]));
    let filter = GetRequestPayload::new().r#where(json!({ "rank": { "$gt": 1 } }));
    area.gives("filter by metadata", get(filter).await, |got| got.ids == ids(&["b"]));
    let filter = GetRequestPayload::new().where_document(json!({ "$contains": "one" }));
    area.gives("filter by document", get(filter).await, |got| got.ids == ids(&["a"]));
    let wrong = GetRequestPayload::new().r#where(json!({ "rank": { "$bad": 1 } }));
    area.refuses("an invalid filter is 400", get(wrong).await, 400, |error| {
        says(error, "InvalidArgumentError")
    });
    let nil = Uuid::nil();
    let missing = records.collection_get(TENANT, DATABASE, nil, GetRequestPayload::new()).await;
    area.refuses("an unknown collection is 404", missing, 404, |error| says(error, "NotFoundError"));
    let wrong = records.collection_get(TENANT, DATABASE, "no-uuid", GetRequestPayload::new()).await;
    area.refuses("an invalid id is 400", wrong, 400, |error| {
        says(error, "InvalidArgumentError")
    });
}

async fn queries(client: &Client, id: Uuid) {
    let area = Area("queries");
    let records = records_of(client);
    let query = |payload| records.collection_query(TENANT, DATABASE, id, payload);
    let near = || QueryRequestPayload::new(vec![vec![1.0, 0.1, 0.0]]);
    area.gives("query", query(near().n_results(2)).await, |found| {
        let distances = found.distances.iter().flatten().flatten().flatten();
        found.ids == vec![ids(&["a", "b"])] && distances.is_sorted() && found.embeddings.is_none()
    });
    let include = vec![Include::Embeddings, Include::Documents];
    area.gives("query for embeddings", query(near().n_results(1).include(include)).await, |found| {
        found.embeddings == Some(vec![vec![Some(vec![1.0, 0.0, 0.0])]])
            && found.documents == Some(vec![vec![Some("one fish".to_owned())]])
            && found.distances.is_none()
    });
    let two = QueryRequestPayload::new(vec![vec![1.0, 0.0, 0.0], vec![0.0, 0.0, 1.0]]).n_results(1);
    area.gives("query twice at once", query(two).await, |found| {
        found.ids == vec![ids(&["a"]), ids(&["c"])]
    });
    let filter = near().r#where(json!({ "rank": 2 })).n_results(1);
    area.gives("query with a filter", query(filter).await, |found| found.ids == vec![ids(&["b"])]);
    let among = near().ids(ids(&["c"])).n_results(3);
    area.gives("query among ids", query(among).await, |found| found.ids == vec![ids(&["c"])]);
    let page = query(near().n_results(1)).limit(1).await;
    area.gives("query with a limit", page, |found| found.ids.len() == 1);
    let wrong = QueryRequestPayload::new(vec![vec![1.0, 0.0]]);
    area.refuses("another dimension is 400", query(wrong).await, 400, |error| {
        says(error, "InvalidArgumentError")
    });
}

async fn changes(client: &Client, id: Uuid) {
    let area = Area("changes");
    let records = records_of(client);
    let get = |name: &str| {
        let all = vec![Include::Documents, Include::Embeddings, Include::Metadatas];
        let payload = GetRequestPayload::new().ids(ids(&[name])).include(all);
        records.collection_get(TENANT, DATABASE, id, payload)
    };
    let update = UpdateCollectionRecordsPayload::new(ids(&["a"]))
        .documents(vec![Some("red fish".to_owned())])
        .metadatas(vec![Some(ranked(7))]);
    let update = records.collection_update(TENANT, DATABASE, id, update);
    area.gives("update", update.await, |_| true);
    area.gives("read the update", get("a").await, |got| {
        got.documents == Some(vec![Some("red fish".to_owned())])
            && got.metadatas == Some(vec![Some(ranked(7))])
            && got.embeddings == Some(vec![vec![1.0, 0.0, 0.0]])
    });
    let moved = UpdateEmbeddingsPayload::from(vec![Some(vec![0.0, 1.0, 0.0])]);
    let moved = UpdateCollectionRecordsPayload::new(ids(&["a"])).embeddings(moved);
    let moved = records.collection_update(TENANT, DATABASE, id, moved);
    area.gives("update the embedding", moved.await, |_| true);
    area.gives("read the embedding", get("a").await, |got| {
        got.embeddings == Some(vec![vec![0.0, 1.0, 0.0]])
    });
    let upsert = UpsertCollectionRecordsPayload::new(embeddings(vec![vec![1.0, 1.0, 0.0]]), ids(&["d"]))
        .documents(vec![Some("blue fish".to_owned())])
        .uris(vec![Some("https://example.com/d".to_owned())]);
    let upsert = records.collection_upsert(TENANT, DATABASE, id, upsert);
    area.gives("upsert", upsert.await, |_| true);
    area.gives("read the upsert", get("d").await, |got| {
        got.documents == Some(vec![Some("blue fish".to_owned())])
    });
}

async fn removals(client: &Client, collection: &Collection) {
    let area = Area("removals");
    let records = records_of(client);
    let delete = |payload| records.collection_delete(TENANT, DATABASE, collection.id, payload);
    let some = DeleteCollectionRecordsPayload::new().ids(ids(&["b"]));
    area.gives("delete by id", delete(some).await, |done| done.deleted == Some(1));
    let none = DeleteCollectionRecordsPayload::new().r#where(json!({ "rank": 99 }));
    area.gives("delete by filter", delete(none).await, |done| done.deleted == Some(0));
    let count = records.collection_count(TENANT, DATABASE, collection.id).await;
    area.gives("count what is left", count, |count| *count == 3);
    let collections = client.collection();
    let done = collections.delete_collection(TENANT, DATABASE, &collection.name).await;
    area.gives("delete the collection", done, |_| true);
    let again = collections.delete_collection(TENANT, DATABASE, &collection.name).await;
    area.refuses("delete it again is 404", again, 404, |error| says(error, "NotFoundError"));
}

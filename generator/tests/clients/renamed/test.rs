//! A program that was written before everything was renamed. The compiler warns of each former name, and the requests
//! are the same.

#![expect(deprecated, reason = "the former names are what is tested")]

use clients::renamed::resources::animals::GetPetsCall;
use clients::renamed::types::{Animal, Mood, Pet, PetHome};
use clients::renamed::{Client, Server as Base, examples};
use clients::testing::{TestResponse, TestTransport, block_on};

fn client(server: &TestTransport) -> Client {
    let builder = Client::builder(Base::Default);
    builder.transport(server.clone()).build().unwrap()
}

fn is_calm(pet: &Pet) -> bool {
    match pet.mood {
        Some(Mood::Calm) => true,
        Some(_) | None => false,
    }
}

#[test]
fn a_program_with_former_names_does_what_it_did() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let pet: Animal = Pet::new("Tom")
        .home(PetHome::new().city("Ulm"))
        .mood(Mood::Calm)
        .nickname("T");
    assert!(is_calm(&pet));
    block_on(client(&server).animals().add_pet(pet)).unwrap();
    assert_eq!(
        server.requests()[0].text(),
        r#"{"name":"Tom","home":{"city":"Ulm"},"mood":"calm","called":"T"}"#
    );
}

#[test]
fn a_call_has_the_former_names_of_its_method_and_setters() {
    let server = examples::server();
    let call: GetPetsCall = client(&server).animals().get_pets().limit(2);
    assert_eq!(block_on(call).unwrap().len(), 1);
    let request = &server.requests()[0];
    assert_eq!(request.path_and_query(), "/animals?page_size=2");
    assert_eq!(examples::animals::GET_PETS, examples::animals::LIST);
}

// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/resource.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

/// Who a user is on a work platform.
#[derive(Debug, Clone, Copy)]
pub struct Profiles<'a> {
    pub(in crate::insightiq) client: &'a crate::runtime::Client,
}

impl Profiles<'_> {
    /// Retrieves one profile.
    ///
    /// A profile tells who a user is: name, address, contact details and the like. It belongs to one
    /// work platform account that was connected with the Connect SDK. Most callers come here after a
    /// webhook of the family `PROFILES.*`.
    ///
    /// `GET /v1/profiles/{id}`
    ///
    /// Headers of every response: [`types::RequestIdHeaders`](crate::insightiq::types::RequestIdHeaders).
    ///
    /// - `id`: Unique id of the profile.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`](crate::Error) if the request cannot be sent, the server does not respond,
    /// the response cannot be decoded, or its status code is not a success.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example(client: social_apis::insightiq::Client) -> Result<(), social_apis::Error> {
    /// let output = client.profiles().get("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(self, id: impl Display) -> Call<Profile> {
        self.client
            .call("profiles.get", Method::GET, "/v1/profiles/{id}")
            .path("id", id)
            .json()
    }
}

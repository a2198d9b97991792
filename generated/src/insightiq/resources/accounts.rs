// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/resource.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

/// Accounts that users have connected.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a> {
    pub(in crate::insightiq) client: &'a crate::runtime::Client,
}

impl Accounts<'_> {
    /// Disconnects one account.
    ///
    /// The account is the user's account on the side of the work platform. The server then fires the
    /// webhook `ACCOUNTS.DISCONNECTED`.
    ///
    /// Request body: The empty object.
    ///
    /// `POST /v1/accounts/{id}/disconnect`
    ///
    /// Headers of every response: [`types::RequestIdHeaders`](crate::insightiq::types::RequestIdHeaders).
    ///
    /// - `id`: Unique id of the account.
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
    /// let output = client.accounts().disconnect("f5e89cea-18b6-4479-a4dd-64a48217e759").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn disconnect(self, id: impl Display) -> Call<Account> {
        self.client
            .call("accounts.disconnect", Method::POST, "/v1/accounts/{id}/disconnect")
            .properties()
            .path("id", id)
            .json()
    }
}

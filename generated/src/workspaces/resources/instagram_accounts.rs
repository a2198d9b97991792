// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/resource.rs). Do not edit.
use crate::workspaces::types::*;
use crate::runtime::calls::*;

/// Instagram accounts of a workspace.
#[derive(Debug, Clone, Copy)]
pub struct InstagramAccounts<'a> {
    pub(in crate::workspaces) client: &'a crate::runtime::Client,
}

impl InstagramAccounts<'_> {
    /// Connects Instagram accounts to the workspace.
    ///
    /// A success status can still say no: `success` in the response tells, and `message` has the
    /// reasons.
    ///
    /// `POST /api/v4/workspaces/instagram_accounts`
    ///
    /// - `facebook_account`: The Facebook account that the Instagram accounts belong to.
    ///
    /// Optional: [`ig_accounts`](CreateCall::ig_accounts()).
    ///
    /// # Errors
    ///
    /// Returns an [`Error`](crate::Error) if the request cannot be sent, the server does not respond,
    /// the response cannot be decoded, or its status code is not a success.
    ///
    /// - `422`: The entity was not saved. The response's body is not documented and may be JSON or
    ///   text.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example(client: social_apis::workspaces::Client) -> Result<(), social_apis::Error> {
    /// use social_apis::workspaces::types;
    ///
    /// let facebook_account = types::FacebookAccount::new("FB_TOKEN", "FB_UID")
    ///     .location(types::Location::PersonalSettingsPage);
    /// let output = client.instagram_accounts().create(facebook_account).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(self, facebook_account: FacebookAccount) -> CreateCall {
        let call = self
            .client
            .call(
                "instagram_accounts.create",
                Method::POST,
                "/api/v4/workspaces/instagram_accounts",
            )
            .property("facebook_account", &facebook_account)
            .json();
        CreateCall(call)
    }

    /// Changes the nickname and the teams of an Instagram account.
    ///
    /// `PUT /api/v4/workspaces/instagram_accounts/{id}`
    ///
    /// - `id`: Id of the Instagram account.
    /// - `instagram_account`: What an Instagram account is to be like.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`](crate::Error) if the request cannot be sent, the server does not respond,
    /// the response cannot be decoded, or its status code is not a success.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example(client: social_apis::workspaces::Client) -> Result<(), social_apis::Error> {
    /// use social_apis::workspaces::types;
    ///
    /// let instagram_account = types::InstagramAccountUpdate::new(Some(vec![1]))
    ///     .nickname("NICKNAME");
    /// let output = client.instagram_accounts().update(1, instagram_account).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(
        self,
        id: i64,
        instagram_account: InstagramAccountUpdate,
    ) -> Call<InstagramAccount> {
        self.client
            .call(
                "instagram_accounts.update",
                Method::PUT,
                "/api/v4/workspaces/instagram_accounts/{id}",
            )
            .path("id", id)
            .property("instagram_account", &instagram_account)
            .json()
    }

    /// Removes an Instagram account from the workspace.
    ///
    /// A response without a body is as good as one that says nothing of `success`.
    ///
    /// `DELETE /api/v4/workspaces/instagram_accounts/{id}`
    ///
    /// - `id`: Id of the Instagram account.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`](crate::Error) if the request cannot be sent, the server does not respond,
    /// the response cannot be decoded, or its status code is not a success.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example(client: social_apis::workspaces::Client) -> Result<(), social_apis::Error> {
    /// let output = client.instagram_accounts().delete(1).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete(self, id: i64) -> Call<DeleteResult> {
        self.client
            .call(
                "instagram_accounts.delete",
                Method::DELETE,
                "/api/v4/workspaces/instagram_accounts/{id}",
            )
            .path("id", id)
            .json()
    }
}

/// The call of [`InstagramAccounts::create()`]; its optional inputs are setters.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct CreateCall(Call<CreateResult>);

call!(CreateCall -> CreateResult);

impl CreateCall {
    /// The Instagram accounts to connect. An empty list is sent as such.
    pub fn ig_accounts(self, ig_accounts: Vec<IgAccount>) -> Self {
        self.input(|request| request.property("ig_accounts", &ig_accounts))
    }
}

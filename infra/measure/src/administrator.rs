//! Somebody who may call every endpoint.

use local::LocalCloud;
use reqwest::Client;
use serde_json::{Value, json};

use crate::error::Error;

const ADDRESS: &str = "measure@example.com";
const PASSWORD: &str = "correct horse battery";

/// Invites the first administrator of a cloud and logs in as them. Returns the access token, which is good for ten minutes.
pub(crate) async fn log_in(cloud: &LocalCloud) -> Result<String, Error> {
    cloud.invoke("invite_administrator", &json!({"email": ADDRESS})).await?;
    cloud.settle().await?;
    let mails = cloud.mailbox();
    let mail = mails.iter().find(|mail| mail.to == ADDRESS).ok_or("the administrator was not mailed")?;
    let link = mail.text.lines().find_map(|line| line.split_once("token="));
    let (_, token) = link.ok_or("the invitation has no link")?;
    let accepted = json!({"token": token, "name": "Grace Hopper", "password": PASSWORD});
    post(cloud, "/v1/staff/invitations/accept", &accepted).await?;
    let session = post(cloud, "/v1/sessions", &json!({"email": ADDRESS, "password": PASSWORD})).await?;
    Ok(session["accessToken"].as_str().ok_or("logging in gave no access token")?.to_owned())
}

async fn post(cloud: &LocalCloud, path: &str, body: &Value) -> Result<Value, Error> {
    let response = Client::new().post(format!("{}{path}", cloud.url())).json(body).send().await?;
    Ok(response.error_for_status()?.json().await?)
}

//! Host names, as the system resolves them. Moebi's nodes have a hosts file of their own, so that what is odd here is
//! worth a remark and no more; whether nodes really find each other is tried with nodes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs},
    time::Duration,
};

use tokio::{net::TcpStream, task::spawn_blocking, time::timeout};

use super::{Finding, messages};

/// A resolver may ask the network, and wait for it.
const RESOLVING: Duration = Duration::from_secs(3);

/// Loopback answers at once or not at all.
const CONNECTING: Duration = Duration::from_millis(500);

/// Where epmd listens by default.
const EPMD: u16 = 4369;

pub(super) async fn look() -> Vec<Finding> {
    let uname = rustix::system::uname();
    let host = uname.nodename().to_string_lossy().into_owned();
    let short = host.split('.').next().unwrap_or_default().to_owned();
    let mut findings =
        vec![localhost(&resolved("localhost").await), own_name(&short, &resolved(&short).await)];
    findings.extend(other_epmd().await);
    findings
}

fn localhost(addresses: &[IpAddr]) -> Finding {
    if addresses.contains(&IpAddr::V4(Ipv4Addr::LOCALHOST)) {
        return Finding::ok("localhost", messages::localhost());
    }
    Finding::remark("localhost", messages::localhost_is(&listed(addresses))).remedy(messages::add_localhost())
}

fn own_name(short: &str, addresses: &[IpAddr]) -> Finding {
    if addresses.is_empty() {
        return Finding::remark("host-name", messages::host_is_unknown(short))
            .remedy(messages::moebi_knows_it());
    }
    Finding::ok("host-name", messages::host(short, &listed(addresses)))
}

/// One that is not Moebi's: neither used nor disturbed.
async fn other_epmd() -> Option<Finding> {
    let port = std::env::var("ERL_EPMD_PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(EPMD);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let answers = timeout(CONNECTING, TcpStream::connect(address)).await;
    matches!(answers, Ok(Ok(_))).then(|| Finding::ok("other-epmd", messages::other_epmd(port)))
}

async fn resolved(name: &str) -> Vec<IpAddr> {
    let name = name.to_owned();
    let ask = move || (name.as_str(), 0).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
    match timeout(RESOLVING, spawn_blocking(ask)).await {
        Ok(Ok(Ok(addresses))) => {
            let mut addresses: Vec<_> = addresses.iter().map(SocketAddr::ip).collect();
            addresses.dedup();
            addresses
        }
        Ok(Ok(Err(_)) | Err(_)) | Err(_) => Vec::new(),
    }
}

fn listed(addresses: &[IpAddr]) -> String {
    let addresses: Vec<_> = addresses.iter().map(ToString::to_string).collect();
    if addresses.is_empty() { "—".to_owned() } else { addresses.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn localhost_is_127_0_0_1_or_worth_a_remark() {
        let (four, six) = (IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(std::net::Ipv6Addr::LOCALHOST));
        assert_eq!(localhost(&[six, four]).state, State::Ok);
        for odd in [&[][..], &[six]] {
            let finding = localhost(odd);
            assert_eq!((finding.state, finding.remedies.len()), (State::Remark, 1));
        }
    }
}

using System.Text;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What 0.1.0 has stored is still there, in the lists of today.</summary>
public sealed class EarlierReleaseTests
{
    [Fact]
    public async Task A_new_one_of_0_1_0_is_listed_and_goes_on()
    {
        await using var desk = await Desk.Open();
        var square = desk.Mattermost.GetChannel(Desk.Square).Id;
        var body = $$"""
            {"id":"ESC-41","customer":"acme","customerName":"Acme","severity":"Sev2","category":"DeploymentEscalation",
            "summary":"Search is slow","customerImpact":"","impact":"High","effort":"Low","links":"",
            "reporter":"{{desk.IdOf(
                "tam"
            ).Value}}","raisedAt":"2026-03-01T09:00:00+00:00","channel":"{{square}}","state":"New","resolution":""}
            """;
        await desk.Store.Engine.Commit(
            new StoreCommit
            {
                Documents =
                [
                    new DocumentWrite(
                        new DocumentKey("escalation", "ESC-41"),
                        0,
                        Encoding.UTF8.GetBytes(body),
                        [new IndexEntry("by-urgency", IndexKey.Empty.Then(1))]
                    ),
                ],
            },
            TestContext.Current.CancellationToken
        );
        var filing = (
            await desk.Store.Engine.Get(
                new DocumentKey("filing", "escalation"),
                TestContext.Current.CancellationToken
            )
        ).ShouldNotBeNull();
        await desk.Store.Engine.Commit(
            new StoreCommit
            {
                Documents = [new DocumentWrite(filing.Key, filing.Version, null, [])],
            },
            TestContext.Current.CancellationToken
        );
        await desk.RestartSidecar();

        (await desk.Types("engineer", "/escalate list")).Text.ShouldContain("ESC-41");
        (await desk.Types("engineer", "/escalate find slow")).Text.ShouldContain("ESC-41");
        (await desk.Types("engineer", "/escalate ack ESC-41")).Text.ShouldContain("own it now");
        desk.Card().Actions.ShouldContain(a => a.Name == "Resolve" && !a.Disabled);
    }
}

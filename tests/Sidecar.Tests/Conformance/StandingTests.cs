using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>
/// X1 on every server: somebody's standing goes while a command, a form and a button of theirs are under way. Whatever
/// arrives after Mattermost has said yes to the change counts for who they are then.
/// </summary>
public sealed class StandingTests
{
    /// <summary>Stands in what only people with a role may read.</summary>
    private const string Secret = "100,000";

    [Theory, EveryMattermost]
    public async Task X1_Demoted(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var admin = await stage.Cast.Person(Stage.Unique("a"));
        await stage.Invite(stage.ChannelId, admin);
        await Roles(stage, admin, "system_user system_admin");
        (await product.Types(admin, $"role grant @{stage.Engineer.Name} de"))["text"]
            .ShouldContain("has the role");

        await WhileTyping(
            product,
            admin,
            $"role grant @{admin.Name} executive",
            () => Roles(stage, admin, "system_user")
        );

        (await product.Types(admin, $"role grant @{admin.Name} tam"))["text"]
            .ShouldContain("you need the role **administrator**");
        await product.Restart();
        (await product.Types(admin, $"role grant @{admin.Name} tam"))["text"]
            .ShouldContain("you need the role **administrator**");
        (await product.Types(stage.Engineer, "role list tam"))["text"].ShouldNotContain(admin.Name);
        product.Errors.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task X1_Made_a_guest(Under server) =>
        await Loses(
            server,
            async (stage, person) =>
            {
                var demoted = await stage.Admin.Api.Post($"/users/{person.Id}/demote");
                if (demoted.Status >= 300)
                {
                    // A server without a licence has no button for it; the role is the same.
                    var set = await stage.Admin.Api.Put(
                        $"/users/{person.Id}/roles",
                        new { roles = "system_guest" }
                    );
                    Assert.SkipWhen(
                        set.Status >= 300,
                        $"This server makes nobody a guest: {demoted.Body.GetRawText()} {set.Body.GetRawText()}"
                    );
                }
            }
        );

    [Theory, EveryMattermost]
    public async Task X1_Deactivated(Under server) =>
        await Loses(
            server,
            (stage, person) =>
                stage.Admin.Api.Done(
                    HttpMethod.Put,
                    $"/users/{person.Id}/active",
                    new { active = false }
                )
        );

    [Theory, EveryMattermost]
    public async Task X1_Removed_from_the_team(Under server) =>
        await Loses(
            server,
            (stage, person) =>
                stage.Admin.Api.Done(
                    HttpMethod.Delete,
                    $"/teams/{stage.TeamId}/members/{person.Id}"
                )
        );

    private static async Task Loses(Under server, Func<Stage, Someone, Task> change)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var person = await stage.Cast.Person(Stage.Unique("g"));
        await stage.Invite(stage.ChannelId, person);
        await stage.Invite(stage.ChannelId, stage.Lead);
        await product.Grants(person, "tam");
        await product.Grants(stage.Lead, "DE lead");
        var client = await stage.Client(person);
        var lead = await stage.Client(stage.Lead);

        // A card with buttons and a form, both before the change.
        await product.Types(stage.Tam, "new acme sev2 Down");
        var card = (await lead.Event("posted", m => product.IsCard(m, "ESC-1"))).PostOf();
        var seen = await stage.Post(card.Text("id"), person);
        (await product.Types(person, "customer show acme"))["text"].ShouldContain(Secret);
        await product.Types(person, "customer edit acme account");
        var form = await client.Event("open_dialog", product.IsMine);

        await WhileTyping(product, person, "customer show acme", () => change(stage, person));

        Said(await product.Types(person, "customer show acme")).ShouldNotContain(Secret);
        Said(await product.Types(person, "customer set acme arr 1")).ShouldNotContain("ARR: 1");
        var submitted = await product.Submits(person, form);
        Said(submitted).Trim().ShouldNotBe("{}");
        await Press(person, seen, "Acknowledge");

        (await product.Types(stage.Lead, "customer show acme"))["text"].ShouldContain(Secret);
        var shown = (await product.Types(stage.Lead, "show ESC-1"))["text"];
        shown.ShouldNotContain($"Owner: @{person.Name}");
        product.Errors.ShouldBeEmpty();
    }

    /// <summary>Somebody types, again and again, while their standing goes; what they are answered meanwhile is either.</summary>
    private static async Task WhileTyping(
        Product product,
        Someone who,
        string command,
        Func<Task> change
    )
    {
        using var gone = new CancellationTokenSource();
        var typing = Typing();
        await change();
        await gone.CancelAsync();
        await typing;

        async Task Typing()
        {
            for (var times = 0; times < 20 && !gone.IsCancellationRequested; times++)
            {
                var answer = await product.Types(who, command);
                // 401 and 403 are Mattermost's own; nothing in between ends as a fault.
                answer.Status.ShouldBeLessThan(500, answer.Body.GetRawText());
            }
        }
    }

    /// <summary>The button as their screen still shows it; Mattermost may refuse the click by itself.</summary>
    private static async Task Press(Someone who, JsonElement seen, string label)
    {
        var action = seen.At("props.attachments")!
            .Value.EnumerateArray()
            .SelectMany(a => a.At("actions") is { } actions ? actions.EnumerateArray() : [])
            .Single(a => a.Text("name") == label);
        await Stage.Clicks(who, seen.Text("id"), action.Text("id"));
    }

    private static string Said(Answered answer) => answer.Body.GetRawText();

    private static Task<JsonElement> Roles(Stage stage, Someone who, string roles) =>
        stage.Admin.Api.Done(HttpMethod.Put, $"/users/{who.Id}/roles", new { roles });
}

using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Presses;

/// <summary>Every press that the product has, by who may and who may not, in each place; and what they see (DLG-4, M2).</summary>
public sealed class PressTests
{
    private const string Stranger = "guest";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Actions => [.. Scenes.All.Keys];

    [Fact]
    public void Every_press_of_the_product_is_tried()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(product);
        product
            .Build()
            .Actions.Select(a => a.Name)
            .ShouldBe(
                [.. Scenes.All.Keys, .. Scenes.Retired, .. Scenes.InNotices],
                ignoreOrder: true
            );
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task DLG_4_M2_Whoever_presses_sees_what_became_of_it_where_they_pressed(
        string action
    )
    {
        var (opened, scene) = await Scenes.All[action]();
        await using var desk = opened;
        var control = scene.Control(desk);
        control.Action.ShouldBe(action);

        foreach (var post in await Posted(desk, control, Stranger))
        {
            var refused = await desk.Presses(Stranger, post, scene.Label, scene.Choice);
            refused.Saw.Said.ShouldStartWith("Guests", customMessage: refused.Saw.From.ToString());
            refused.Saw.Missed.ShouldBeEmpty();
        }

        var pressed = await desk.Presses(scene.Who, scene.Post, scene.Label, scene.Choice);
        pressed.Saw.Nothing.ShouldBeFalse();
        pressed.Saw.Error.ShouldBeEmpty();
        pressed.Saw.Missed.ShouldBeEmpty();
        MenusAreAtRest(desk, scene);

        foreach (var post in await Posted(desk, control, scene.Who))
        {
            var again = await desk.Presses(scene.Who, post, scene.Label, scene.Choice);
            again.Saw.Nothing.ShouldBeFalse(again.Saw.From.ToString());
            again.Saw.Missed.ShouldBeEmpty();
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>
    /// A client keeps a choice for as long as the menu is called the same: see the web client's reducer of menus.
    /// </summary>
    private static void MenusAreAtRest(Desk desk, Scene scene)
    {
        if (scene.Choice is null)
        {
            return;
        }

        var used = scene.Post.Actions.Single(a => a.Name == scene.Label).Id;
        desk.Mattermost.FindPost(scene.Post.Id)!.Actions.Select(a => a.Id).ShouldNotContain(used);
    }

    /// <summary>The same button in a channel, in a thread and in a direct message.</summary>
    private static async Task<IReadOnlyList<Post>> Posted(
        Desk desk,
        CardControl control,
        string who
    )
    {
        var root = await desk.Writes("lead", "Something to talk about");
        var place = new ChannelId(root.ChannelId);
        var card = new Card(Markdown.Of($"A card"), Tone.Notice) { Controls = [control] };
        var about = $"press {control.Action} by {who}";
        var change = new Change(desk.Clock.GetUtcNow(), "test")
            .Do(new Effect.Say(place, null, Markdown.Of($"in a channel"), card) { About = about })
            .Do(
                new Effect.Say(place, new PostId(root.Id), Markdown.Of($"in a thread"), card)
                {
                    About = about,
                }
            )
            .Do(
                new Effect.TellPerson(desk.IdOf(who), Markdown.Of($"in a direct message"), card)
                {
                    About = about,
                }
            );
        (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();
        await desk.Settled();
        return
        [
            desk.Mattermost.Posts(Desk.Square).Last(p => p.Message == "in a channel"),
            desk.Mattermost.RepliesTo(root.Id).Single(),
            desk.MessagesTo(who)[^1],
        ];
    }
}

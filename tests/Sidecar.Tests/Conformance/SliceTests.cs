using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Playground;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Help;
using Sidecar.Hosting;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>The product itself, in process, installed on the server under test by REST, and used as clients use it.</summary>
public sealed class SliceTests
{
    [Theory, EveryMattermost]
    public async Task A_whole_pass_of_the_slice(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        await stage.Invite(stage.ChannelId, stage.Lead);
        await product.Grants(stage.Engineer, "de");
        await product.Grants(stage.Lead, "DE lead");
        var tam = await stage.Client(stage.Tam);
        var engineer = await stage.Client(stage.Engineer);
        var lead = await stage.Client(stage.Lead);

        (await product.Types(stage.Tam, "")).Status.ShouldBe(200);
        var form = await tam.Event("open_dialog", product.IsMine);
        (await product.Submits(stage.Tam, form, ("customer", "Acme Labs")))
            .Body.Has("errors")
            .ShouldBeTrue();
        var raised = await product.Submits(
            stage.Tam,
            form,
            ("customer", "Acme Labs"),
            ("severity", "sev1"),
            ("summary", "Nobody can log in & <search> @all"),
            ("customer_impact", "All 4,000 users"),
            ("impact", "critical")
        );
        raised.Body.GetRawText().Trim().ShouldBe("{}");

        var card = (await engineer.Event("posted", m => product.IsCard(m, "ESC-1"))).PostOf();
        card.Text("message")
            .ShouldBe(
                $":rotating_light: **ESC-1** Sev 1 · Acme Labs · raised by @{stage.Tam.Name}"
            );
        card.Text("props.from_bot").ShouldBe("true");
        card.GetRawText().ShouldNotContain("integration");
        var id = card.Text("id");

        (await product.Presses(stage.Engineer, id, "Acknowledge")).Status.ShouldBe(200);
        await Edited(engineer, id, ":eyes: **ESC-1**");
        await Thread(engineer, id, $"@{stage.Engineer.Name} acknowledged it and is the owner.");

        (await product.Presses(stage.Engineer, id, "Assign to…", stage.Lead.Id)).Status.ShouldBe(
            200
        );
        await Thread(engineer, id, $"@{stage.Engineer.Name} handed it over to @{stage.Lead.Name}.");

        (await product.Presses(stage.Lead, id, "Resolve")).Status.ShouldBe(200);
        var resolve = await lead.Event("open_dialog", product.IsMine);
        var wrong = await product.Submits(stage.Tam, resolve, ("resolution", "Mine now"));
        wrong.Status.ShouldBe(400);
        (await product.Submits(stage.Lead, resolve, ("resolution", "Rolled back")))
            .Body.GetRawText()
            .Trim()
            .ShouldBe("{}");
        await Edited(engineer, id, ":white_check_mark: **ESC-1**");
        await Thread(engineer, id, $"@{stage.Lead.Name} resolved it: Rolled back");
        var resolved = await stage.Post(id);
        resolved.Has("props.attachments.0.actions.0.disabled").ShouldBeTrue();
        resolved.Has("props.attachments.0.actions.1.disabled").ShouldBeTrue();
        resolved.Text("props.attachments.0.actions.2.name").ShouldBe("Close");
        resolved.Text("props.from_bot").ShouldBe("true");

        await product.Types(stage.Tam, "new other sev2 Another");
        await engineer.Event("posted", m => product.IsCard(m, "ESC-2"));
        await product.Restart();
        var list = await product.Types(stage.Engineer, "list");
        list["text"].ShouldContain("Open escalations (1)");
        list["text"].ShouldContain("**ESC-2**");
        product.Errors.ShouldBeEmpty();
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task In_a_private_channel_without_the_bot_the_person_is_told(Under server)
    {
        await using var stage = await Stage.Open(server, "P", ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var tam = await stage.Client(stage.Tam);
        var answer = await product.Types(stage.Tam, "new acme sev1 Down");
        answer["text"].ShouldContain("ESC-1");
        var told = await tam.Event(
            "posted",
            m => m.Text("data.channel_type") == "D" && m.Text("data.post.user_id") == product.BotId
        );
        told.Text("data.post.message").ShouldContain("ESC-1");
        told.Text("data.post.message").ShouldContain("/invite");
        (await stage.Said()).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task The_panel_is_answered_with_data_that_is_not_posted(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var tam = await stage.Client(stage.Tam);
        await product.Types(stage.Tam, "new acme sev1 Nobody can log in");
        var card = await tam.Event("posted", m => product.IsCard(m, "ESC-1"));
        card.Has("data.post.props.escalate_effect").ShouldBeTrue();

        var list = await product.Types(
            stage.Tam,
            "panel \u2063" + """{"v":2,"get":"list","of":"here"}"""
        );
        list.Status.ShouldBe(200);
        list.Body.Text("text").ShouldBeEmpty();
        list.Body.Text("props.escalate.list.items.0.id").ShouldBe("ESC-1");
        list.Body.Text("props.escalate.list.items.0.summary").ShouldBe("Nobody can log in");

        var form = await product.Types(
            stage.Tam,
            "panel \u2063" + """{"v":2,"move":"cancel","id":"ESC-1"}"""
        );
        form.Body.Has("props.escalate").ShouldBeFalse();
        (await tam.Event("open_dialog", product.IsMine))
            .Text("data.dialog.trigger_id")
            .ShouldBe(form.Body.Text("trigger_id"));

        // What is typed by hand is the first that is posted about any of it.
        await product.Types(stage.Tam, "panel");
        (
            await tam.Event(
                "ephemeral_message",
                m => !m.Text("data.post.message").Contains("acme", StringComparison.Ordinal)
            )
        )
            .Text("data.post.message")
            .ShouldContain("Escalate panel in the browser");
        product.Errors.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task M6_A_word_at_the_start_of_a_message_raises_in_the_channel_itself(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var tam = await stage.Client(stage.Tam);
        await stage.Posted(stage.Tam, $"{product.Word} acme Nobody can log in");
        var card = await tam.Event("posted", m => product.IsCard(m, "ESC-1"));
        card.Text("data.post.root_id").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task ESC_10_Eyes_on_a_card_acknowledge_also_while_nobody_listened(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        var engineer = await stage.Client(stage.Engineer);
        await product.Grants(stage.Engineer, "de");
        await product.Types(stage.Tam, "new acme sev1 Down");
        var first = (await engineer.Event("posted", m => product.IsCard(m, "ESC-1"))).PostOf();
        await Stage.Reacts(stage.Engineer, first.Text("id"));
        await Edited(engineer, first.Text("id"), ":eyes: **ESC-1**");

        await product.Types(stage.Tam, "new other sev1 Down again");
        var second = (await engineer.Event("posted", m => product.IsCard(m, "ESC-2"))).PostOf();
        await product.Stop();
        await Stage.Reacts(stage.Engineer, second.Text("id"));
        await product.Start();
        await Edited(engineer, second.Text("id"), ":eyes: **ESC-2**");
        foreach (
            var (card, number) in ((JsonElement, string)[])[(first, "ESC-1"), (second, "ESC-2")]
        )
        {
            await Thread(
                engineer,
                card.Text("id"),
                $"@{stage.Engineer.Name} acknowledged it and is the owner."
            );
            (await product.Types(stage.Engineer, $"timeline {number}"))["text"]
                .Split("acknowledged")
                .Length.ShouldBe(2);
        }

        product.Errors.ShouldBeEmpty();
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    private static Task<JsonElement> Edited(WebClient client, string post, string start) =>
        client.Event(
            "post_edited",
            m =>
                m.Text("data.post.id") == post
                && m.Text("data.post.message").StartsWith(start, StringComparison.Ordinal)
        );

    private static Task<JsonElement> Thread(WebClient client, string root, string text) =>
        client.Event(
            "posted",
            m =>
                m.Text("data.post.root_id") == root
                && Desk.AsRead(m.Text("data.post.message")) == text
        );
}

/// <summary>A sidecar with a bot, a command and a trigger word of its own on a server.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly CollectedLog _log = new();
    private readonly Stage _stage;
    private readonly Uri _address = FreePort.NextAddress();
    private readonly Someone _bot;
    private JsonElement _command;
    private JsonElement _hook;
    private WebApplication? _sidecar;

    private Product(Stage stage, Someone bot)
    {
        _stage = stage;
        _bot = bot;
    }

    public string BotId => _bot.Id;

    public string Word { get; } = "sev1!";

    public IEnumerable<string> Errors => _log.Errors;

    public static async Task<Product> Install(Stage stage)
    {
        var product = new Product(stage, await stage.Cast.NewBot(Stage.Unique("e")));
        product._command = await stage.NewCommand(
            more: new { url = product._address + "mattermost/command" }
        );
        product._hook = await stage.Admin.Api.Done(
            HttpMethod.Post,
            "/hooks/outgoing",
            new
            {
                team_id = stage.TeamId,
                display_name = product.Word,
                trigger_words = new[] { product.Word },
                callback_urls = new[] { product._address + "mattermost/trigger" },
                content_type = "application/json",
            }
        );
        await product.Start();
        await product.Knows("Acme Labs", "acme", "other");
        return product;
    }

    /// <summary>There are customers above the ARR line, as if somebody had added them long ago.</summary>
    private async Task Knows(params string[] names)
    {
        var parts = _sidecar!.Services;
        var now = parts.GetRequiredService<TimeProvider>().GetUtcNow();
        var change = new Change(now, "test");
        foreach (var name in names)
        {
            var key = CustomerKey.Of(name)!.Value;
            var customer = new Customer(key, name, now, new UserId(BotId)) { Arr = 100_000 };
            change.Add(Customer.Kind, key.Value, customer);
        }

        (
            await parts
                .GetRequiredService<Store>()
                .Commit(change, TestContext.Current.CancellationToken)
        ).ShouldBeTrue();
    }

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public Task<Answered> Types(Someone who, string arguments) =>
        _stage.Types(who, $"/{_command.Text("trigger")} {arguments}".TrimEnd());

    /// <summary>The server's administrator grants roles, from a channel that they are in.</summary>
    public async Task Grants(Someone who, string roles)
    {
        var answer = await _stage.Types(
            _stage.Admin,
            $"/{_command.Text("trigger")} role grant @{who.Name} {roles}",
            _stage.Cast.TownSquare
        );
        answer["text"].ShouldContain($"@{who.Name} has the role");
    }

    /// <summary>Presses a button, or chooses from a menu, that is found by its label as people find it.</summary>
    public async Task<Answered> Presses(
        Someone who,
        string post,
        string label,
        string? choice = null
    )
    {
        // A card that changes between the look and the press has other buttons then: people press again.
        for (var tries = 1; ; tries++)
        {
            var shown = await _stage.Post(post, who);
            var action = shown
                .At("props.attachments")!
                .Value.EnumerateArray()
                .SelectMany(a => a.At("actions") is { } actions ? actions.EnumerateArray() : [])
                .Single(a => a.Text("name") == label);
            var answered = await Stage.Clicks(who, post, action.Text("id"), choice);
            if (answered.Status != 404 || tries == 5)
            {
                return answered;
            }
        }
    }

    /// <summary>Submits a dialog as a client does: what is not filled in has its default, or null.</summary>
    public Task<Answered> Submits(
        Someone who,
        JsonElement shown,
        params (string Field, string Value)[] values
    )
    {
        var submission = shown
            .At("data.dialog.dialog.elements")!
            .Value.EnumerateArray()
            .ToDictionary(
                e => e.Text("name"),
                e => e.Text("default") is { Length: > 0 } start ? start : null,
                StringComparer.Ordinal
            );
        foreach (var (field, value) in values)
        {
            submission.Keys.ShouldContain(field);
            submission[field] = value;
        }

        return who.Api.Post(
            "/actions/dialogs/submit",
            new
            {
                url = shown.Text("data.dialog.url"),
                callback_id = shown.Text("data.dialog.dialog.callback_id"),
                state = shown.Text("data.dialog.dialog.state"),
                channel_id = _stage.ChannelId,
                team_id = _stage.TeamId,
                submission,
                cancelled = false,
            }
        );
    }

    public bool IsMine(JsonElement dialog) =>
        dialog.Text("data.dialog.url").StartsWith(_address.ToString(), StringComparison.Ordinal);

    public bool IsCard(JsonElement posted, string number) =>
        posted.Text("data.post.user_id") == BotId
        && posted.Text("data.post.message").Contains($"**{number}**", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _stage.Admin.Api.Delete($"/commands/{_command.Text("id")}");
        await _stage.Admin.Api.Delete($"/hooks/outgoing/{_hook.Text("id")}");
        _data.Dispose();
    }

    public async Task Start()
    {
        var settings = new SidecarSettings(
            _data.Path,
            _stage.Cast.Server.Url,
            _address,
            new UserId(BotId),
            _bot.Api.Token,
            [_command.Text("token")],
            [_hook.Text("token")]
        );
        _sidecar = await SidecarHost.Build(
            settings,
            TimeProvider.System,
            builder =>
            {
                // Whoever is new would be welcomed between what is looked at here.
                builder.Services.AddSingleton(new HelpSettings { WelcomeNewcomers = false });
                builder.WebHost.UseUrls(_address.ToString());
                builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Debug);
            },
            CancellationToken.None
        );
        await _sidecar.StartAsync();
    }

    public async Task Stop()
    {
        if (_sidecar is not null)
        {
            await _sidecar.StopAsync();
            await _sidecar.DisposeAsync();
            _sidecar = null;
        }
    }
}

internal static class Events
{
    /// <summary>The post in an event.</summary>
    public static JsonElement PostOf(this JsonElement posted) =>
        JsonPaths.Parse(posted.Text("data.post"));
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Escalations;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Whatever a request holds, it ends as an answer: ids and names are checked by their form, and nothing ends as a fault
/// (X8). Seeds are printed.
/// </summary>
public sealed class DoorFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 150;

    /// <summary>What has been seen to break something, and its kin; as it stands between quotes in JSON.</summary>
    private static readonly string[] Odd =
    [
        "../../users/me",
        "..%2F..%2Fusers%2Fme",
        "9",
        "-1",
        "99999999999999999999",
        "",
        " ",
        @"\ud800",
        @"x\udfffy",
        @"\ud83d\ude00",
        @"\u0000",
        @"\ufffe\uffff",
        @"\u202e\u2066",
        @"\\\""",
        "Decline, Cancel",
        "decline",
        "edit",
        "ESC-1",
        "ESC-99999999999999999999",
        "ESC-0",
        "sev1",
        "NaN",
        "1e999",
        "2020-01-31",
        "@all <!channel> ~town-square",
        "{{1}}",
        "<@id>",
        "%00%zz",
    ];

    private static readonly string[] NoStrings =
    [
        "null",
        "true",
        "9",
        "-1e400",
        "[]",
        "{}",
        """["a","b"]""",
        """{"value":"x"}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task X8_Nothing_that_a_request_holds_ends_as_a_fault(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        var dice = new Seeded(seed);
        using var door = new Door(desk);
        for (var round = 0; round < Rounds; round++)
        {
            var (path, body, type) = dice.Below(6) switch
            {
                0 => (
                    Inbound.CommandPath,
                    Command(desk, dice),
                    "application/x-www-form-urlencoded"
                ),
                1 => (Inbound.ActionPath, Action(desk, dice), "application/json"),
                2 => (Inbound.DialogPath, Dialog(desk, dice), "application/json"),
                3 => (
                    Inbound.LookUpPath + (dice.Below(3) == 0 ? $"?state={Any(dice)}" : ""),
                    Asking(desk, dice, "dialog_lookup"),
                    "application/json"
                ),
                4 => (Inbound.DialogPath, Asking(desk, dice, "refresh"), "application/json"),
                _ => (Inbound.TriggerPath, Trigger(desk, dice), "application/json"),
            };
            using var answer = await door.Send(path, body, type);
            answer.StatusCode.ShouldBeOneOf(
                [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest],
                $"{path} {body}"
            );
            (
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
            ).ShouldNotContain("our fault", Case.Insensitive, $"{path} {body}");
        }

        await desk.Settled();
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Requests.ShouldNotContain(r =>
            r.Path.Contains("..", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("../../users/me")]
    [InlineData("9")]
    [InlineData(@"\ud800")]
    [InlineData("")]
    public async Task X8_What_was_never_offered_is_not_chosen(string chosen)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        using var door = new Door(desk);
        foreach (var action in (string[])[AssignEscalation.Key.Name, MoreMoves.Key.Name])
        {
            var said = await Door.Json(
                await door.Send(Inbound.ActionPath, Pressed(desk, action, Quoted(chosen)))
            );
            said.GetProperty("ephemeral_text").GetString()!.ShouldContain("stays as it is");
        }

        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task X8_Half_a_character_in_a_form_loses_nothing_else_that_was_typed()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        using var door = new Door(desk);
        var said = await Door.Json(
            await door.Send(
                Inbound.DialogPath,
                Submitted(desk, """{"words":"Not\ud800 ours\n\ud83d\ude00"}""", "lead")
            )
        );
        said.TryGetProperty("error", out _).ShouldBeFalse(said.ToString());
        (await desk.Stored()).StateReason.ShouldBe("Not\uFFFD ours\n😀");
    }

    private static string Command(Desk desk, Seeded dice)
    {
        var fields = new Dictionary<string, string>
        {
            ["channel_id"] = Id(desk.Mattermost.GetChannel(Desk.Square).Id, dice),
            ["team_id"] = Id(desk.Mattermost.Teams[0].Id, dice),
            ["user_id"] = Id(desk.Mattermost.GetUser("tam").Id, dice),
            ["root_id"] = dice.Below(2) == 0 ? "" : Any(dice),
            ["user_name"] = dice.Below(4) == 0 ? Any(dice) : "tam",
            ["trigger_id"] = Any(dice),
            ["token"] = desk.CommandToken,
            ["text"] = Text(desk, dice),
            ["user_mentions"] = Any(dice),
            ["user_mentions_ids"] = Any(dice),
            ["channel_mentions"] = Any(dice),
            ["channel_mentions_ids"] = Any(dice),
        };
        var body = string.Join('&', fields.Select(f => $"{f.Key}={WebUtility.UrlEncode(f.Value)}"));
        return dice.Below(8) == 0 ? body.Replace("%", "%%", StringComparison.Ordinal) : body;
    }

    private static string Text(Desk desk, Seeded dice)
    {
        var commands = desk.Parts.GetRequiredService<RegisteredParts>().Commands;
        var text = new StringBuilder(commands[dice.Below(commands.Length)].Spec.Path);
        for (var words = dice.Below(4); words > 0; words--)
        {
            text.Append(' ').Append(Any(dice));
        }

        return text.ToString();
    }

    private static string Action(Desk desk, Seeded dice)
    {
        string[] actions =
        [
            AssignEscalation.Key.Name,
            MoreMoves.Key.Name,
            MoveOn.Key.Name,
            FollowEscalation.Key.Name,
            AcknowledgeEscalation.Key.Name,
            "nothing.of.ours",
        ];
        return Pressed(desk, actions[dice.Below(actions.Length)], Value(dice), dice);
    }

    private static string Pressed(Desk desk, string action, string chosen, Seeded? dice = null)
    {
        var context = desk
            .Parts.GetRequiredService<InteractionSeal>()
            .SealAction(action, """{"id":"ESC-1"}""");
        var user = desk.Mattermost.GetUser("tam").Id;
        return $$"""
            {"user_id":"{{(dice is null ? user : Id(user, dice))}}","user_name":"tam",
             "channel_id":"{{desk.Mattermost.GetChannel(Desk.Square).Id}}",
             "team_id":"{{(
                dice is null ? "" : Id("", dice)
            )}}","post_id":"post","trigger_id":"trigger",
             "context":{"sealed":"{{context}}","selected_option":{{chosen}} } }
            """;
    }

    private static string Dialog(Desk desk, Seeded dice)
    {
        var submission = new StringBuilder("{");
        for (var fields = dice.Below(5); fields > 0; fields--)
        {
            submission
                .Append(submission.Length > 1 ? "," : "")
                .Append(dice.Below(3) == 0 ? "\"words\"" : Quoted(Odd[dice.Below(Odd.Length)]))
                .Append(':')
                .Append(Value(dice));
        }

        return Submitted(desk, submission.Append('}').ToString(), "tam");
    }

    /// <summary>What a form asks while it is filled in: a list, or the form as it is after a change.</summary>
    private static string Asking(Desk desk, Seeded dice, string type)
    {
        string[] fields = ["customer", "severity", "category", "summary", "effort", "links"];
        var submission = new StringBuilder("{\"selected_field\":");
        submission.Append(dice.Below(4) == 0 ? Value(dice) : "\"customer\"");
        foreach (var field in (string[])["query", .. fields, Any(dice)])
        {
            submission.Append(CultureInfo.InvariantCulture, $",{Quoted(field)}:{Value(dice)}");
        }

        var step = dice.Below(4) == 0 ? dice.Below(3) : (int?)null;
        var state = desk
            .Parts.GetRequiredService<InteractionSeal>()
            .SealDialog(
                new SealedDialog(
                    IntakeDialog.Key.Name,
                    "act",
                    desk.IdOf("tam"),
                    new TeamId(desk.Mattermost.Teams[0].Id),
                    new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id),
                    null,
                    desk.Clock.GetUtcNow().AddHours(1),
                    JsonSerializer.Serialize(new IntakeState(), IntakeDialog.Key.Json),
                    [
                        new AskedField("customer", FieldKind.Text)
                        {
                            Drawing = FieldDrawing.Offered,
                            Offers = "customers",
                            TakesTyped = dice.Below(2) == 0,
                        },
                        .. fields.Skip(1).Select(f => new AskedField(f, FieldKind.Text, true)),
                    ],
                    Step: step
                )
            );
        return $$"""{"type":"{{type}}","state":"{{(dice.Below(8) == 0 ? Any(dice) : state)}}","user_id":"{{desk.IdOf("tam").Value}}","submission":{{submission.Append('}')}} }""";
    }

    private static string Submitted(Desk desk, string submission, string who)
    {
        var state = desk
            .Parts.GetRequiredService<InteractionSeal>()
            .SealDialog(
                new SealedDialog(
                    GiveWords.Key.Name,
                    "act",
                    desk.IdOf(who),
                    new TeamId(desk.Mattermost.Teams[0].Id),
                    new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id),
                    null,
                    desk.Clock.GetUtcNow().AddHours(1),
                    JsonSerializer.Serialize(
                        new MoveRef(new EscalationId(1), EscalationMove.Decline),
                        GiveWords.Key.Json
                    )
                )
            );
        return $$"""{"state":"{{state}}","user_id":"{{desk.IdOf(who).Value}}","submission":{{submission}} }""";
    }

    private static string Trigger(Desk desk, Seeded dice) =>
        $$"""
            {"token":"{{desk.TriggerToken}}","team_id":{{Value(dice)}},
             "channel_id":"{{Id(desk.Mattermost.GetChannel(Desk.Square).Id, dice)}}",
             "user_id":"{{Id(desk.Mattermost.GetUser("tam").Id, dice)}}","user_name":{{Value(
                dice
            )}},
             "post_id":{{Value(dice)}},"text":{{Value(dice)}},"trigger_word":"sev1!"}
            """;

    private static string Id(string id, Seeded dice) =>
        dice.Below(4) == 0 ? Any(dice).Replace("\\\"", "", StringComparison.Ordinal) : id;

    private static string Any(Seeded dice) => Odd[dice.Below(Odd.Length)];

    private static string Value(Seeded dice) =>
        dice.Below(3) == 0 ? NoStrings[dice.Below(NoStrings.Length)] : Quoted(Any(dice));

    private static string Quoted(string text) => $"\"{text}\"";
}

using System.Text.Json;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

public sealed class DialogTests
{
    private static readonly DialogForm Form = new(
        "New escalation",
        [
            new DialogField("customer", "Customer", FieldKind.Text) { MaxLength = 64 },
            new DialogField("summary", "Summary", FieldKind.LongText)
            {
                Help = "What happened",
                Default = "Since 9:00",
                Placeholder = "…",
            },
            new DialogField("severity", "Severity", FieldKind.Choice)
            {
                Options = [new("Sev 1", "sev1"), new("Sev 2", "sev2")],
                Default = "sev2",
            },
            new DialogField("kind", "Kind", FieldKind.Choice)
            {
                Options = [new("A", "a"), new("B", "b")],
            },
            new DialogField("owner", "Owner", FieldKind.Person) { Optional = true },
            new DialogField("room", "Channel", FieldKind.Channel) { Optional = true },
            new DialogField("seats", "Seats", FieldKind.Number) { Default = "250" },
            new DialogField("cloud", "Cloud viable", FieldKind.YesNo) { Default = "true" },
        ]
    )
    {
        Introduction = Markdown.Of($"Raised **now**."),
        SubmitLabel = "File",
    };

    [Fact]
    public void A_dialog_is_written_in_Mattermosts_words() =>
        Golden.Match(
            "Mattermost/Golden/dialog.json",
            JsonSerializer.Serialize(
                new OpenDialogRequest(
                    "trigger",
                    "https://sidecar.example/mattermost/dialog",
                    DialogWriter.Write(new OpenDialog(Form, "escalation.new", "sealed"), _ => null)
                ),
                ChatWire.Json.OpenDialogRequest
            )
        );

    [Fact]
    public async Task A_dialog_opens_at_the_person_who_asked()
    {
        await using var integration = await Recorder.StartAsync();
        integration.Body = """{"text":""}""";
        await using var bench = await Start();
        bench.Server.AddCommand("escalate", integration.Url("/command"));
        await bench.Server.As("engineer").Execute("war-room", "/escalate");
        var trigger = integration
            .Last.Body.Split('&')
            .Single(f => f.StartsWith("trigger_id=", StringComparison.Ordinal))
            .Split('=')[1];

        await bench.Chat.OpenDialog(
            new TriggerId(Uri.UnescapeDataString(trigger)),
            new OpenDialog(Form, "escalation.new", "sealed"),
            Cancel
        );

        var shown = bench.Server.OpenDialogOf("engineer").ShouldNotBeNull();
        (shown.CallbackId, shown.State, shown.Title).ShouldBe(
            ("escalation.new", "sealed", "New escalation")
        );
        shown.Url.ShouldBe("https://sidecar.example/mattermost/dialog");
        shown.NotifyOnCancel.ShouldBeFalse();
        shown.Elements.Count.ShouldBe(8);
        bench.Server.DialogProblems.ShouldBeEmpty();
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trigger_that_died_is_refused()
    {
        await using var bench = await Start();

        var problem = await Should.ThrowAsync<ChatException>(() =>
            bench.Chat.OpenDialog(
                new TriggerId("dead"),
                new OpenDialog(Form, "escalation.new", "sealed"),
                Cancel
            )
        );

        problem.Problem.ShouldBe(ChatProblem.Refused);
    }

    [Fact]
    public async Task A_dialog_that_does_not_open_in_time_is_given_up()
    {
        await using var bench = await Start();
        var hang = bench.Server.Faults.HangNext(1, _ => true);
        var opening = bench.Chat.OpenDialog(
            new TriggerId("t"),
            new OpenDialog(Form, "d", "s"),
            Cancel
        );
        await hang.UntilHeldAsync(1, Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(2.5));

        (await Should.ThrowAsync<ChatException>(() => opening)).Problem.ShouldBe(
            ChatProblem.Uncertain
        );
    }

    [Fact]
    public void A_form_within_the_limits_has_no_problems()
    {
        DialogLimits.Check(Form).ShouldBeEmpty();
        DialogLimits.Check(new DialogForm("Sure?", [])).ShouldBeEmpty();
        DialogLimits.Check(new DialogForm("Sure?", default)).ShouldBeEmpty();
    }

    public static TheoryData<string, DialogField> Broken =>
        new()
        {
            {
                "field 'f': label has 25 characters, the limit is 24",
                Field() with
                {
                    Label = new('x', 25),
                }
            },
            { "field 'f': label is empty", Field() with { Label = "" } },
            { "field '': name is empty", Field() with { Name = "" } },
            { "name has 301", Field() with { Name = new('x', 301) } },
            { "help has 151 characters, the limit is 150", Field() with { Help = new('x', 151) } },
            { "placeholder has 151", Field() with { Placeholder = new('x', 151) } },
            { "default has 151", Field() with { Default = new('x', 151) } },
            {
                "default has 11 characters, the limit is 10",
                Field() with
                {
                    MaxLength = 10,
                    Default = new('x', 11),
                }
            },
            { "max length 151", Field() with { MaxLength = 151 } },
            { "default has 3001", Field(FieldKind.LongText) with { Default = new('x', 3001) } },
            { "nothing to choose from", Field(FieldKind.Choice) },
            {
                "not among the options",
                Field(FieldKind.Choice) with
                {
                    Options = [new("A", "a")],
                    Default = "b",
                }
            },
            {
                "same value",
                Field(FieldKind.Choice) with
                {
                    Options = [new("A", "a"), new("B", "a")],
                }
            },
            { "without text or value", Field(FieldKind.Choice) with { Options = [new("A", "")] } },
            { "does not fit", Field(FieldKind.YesNo) with { Default = "yes" } },
            { "does not fit", Field(FieldKind.Number) with { Default = "many" } },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_field_is_named_with_its_limit(string problem, DialogField field) =>
        DialogLimits
            .Check(new DialogForm("Title", [field]))
            .ShouldHaveSingleItem()
            .ShouldContain(problem);

    [Fact]
    public void Title_and_names_are_checked_across_the_form()
    {
        var problems = DialogLimits.Check(new DialogForm(new('x', 25), [Field(), Field()]));

        problems.ShouldContain("title has 25 characters, the limit is 24");
        problems.ShouldContain("field 'f': the name is used 2 times");
    }

    [Fact]
    public async Task A_form_that_Mattermost_would_break_is_not_sent()
    {
        await using var bench = await Start();
        var form = new DialogForm(new('x', 25), []);

        var fault = await Should.ThrowAsync<InvalidOperationException>(() =>
            bench.Chat.OpenDialog(new TriggerId("t"), new OpenDialog(form, "d", "s"), Cancel)
        );

        fault.Message.ShouldContain("title has 25 characters, the limit is 24");
        bench.Server.RequestsWith(bench.Token).ShouldBeEmpty();
    }

    private static DialogField Field(FieldKind kind = FieldKind.Text) => new("f", "Field", kind);
}

using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>What the button and the question of a test remember: nothing.</summary>
internal sealed record GuidedTestRef;

/// <summary>The Sev 1 that was raised last to see whom one reaches.</summary>
internal sealed record GuidedTest(EscalationId Raised)
{
    public const string Id = "latest";

    public static DocumentKind<GuidedTest> Kind { get; } =
        new("guided-setup-test", GuidedJson.Default.GuidedTest);
}

/// <summary>
/// Raises a Sev 1 that says it is a test, after asking (SET-1): whoever sets the product up sees whom a real one would
/// reach. It is a Sev 1 like any other, so nothing about it is pretended; the list has a button that cancels it.
/// </summary>
internal sealed class TestSev1(
    EscalationIntake intakes,
    RoutingStore routing,
    GuidedList list,
    Store store,
    TimeProvider clock
) : IAction<GuidedTestRef>, IDialogUpon<GuidedTestRef>
{
    private const string OfNobody = "no customer, as a test";
    private const string Summary = "Test of the set-up: nothing is wrong";

    public static Permission Permission => GuidedRights.SetUp;

    public static ActionKey<GuidedTestRef> Key { get; } =
        new("guided-setup.test", GuidedJson.Default.GuidedTestRef);

    static DialogKey<GuidedTestRef> IDialog<GuidedTestRef>.Key => Question;

    private static DialogKey<GuidedTestRef> Question { get; } =
        new("guided-setup.raise-test", GuidedJson.Default.GuidedTestRef);

    public async Task<Reply> Press(ActionCall<GuidedTestRef> call, CancellationToken cancel)
    {
        await list.Watch(call.Envelope.User, cancel);
        return Question.Open(
            await Form(cancel),
            call.Payload,
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} new sev1 {Summary}")}"
            )
        );
    }

    /// <summary>Whom it calls, and where it goes, may have changed meanwhile.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<GuidedTestRef> form,
        CancellationToken cancel
    ) => await Form(cancel);

    private async ValueTask<DialogForm> Form(CancellationToken cancel)
    {
        var setup = await routing.Setup(cancel);
        var called = setup.OnDuty is { } engineer
            ? Markdown.Of($"{engineer} is called now, as the one on duty")
            : Markdown.Of($"nobody is on duty, so the leads are called now");
        var told = setup.BroadcastOf(Severity.Sev1);
        var place = setup.ChannelOf(OwningTeam.DeploymentEngineering) is { } channel
            ? Markdown.Of($"{channel}, where Deployment Engineering gets its escalations")
            : Markdown.Of(
                $"your direct messages with me, because Deployment Engineering has no channel"
            );
        return new DialogForm("Test Sev 1", [])
        {
            Introduction = Markdown.Of(
                $"It is a real Sev 1 with the summary “{Summary}”: {called}, it gets a channel and a checklist. It is of no customer. Its card comes to {place}.{(told.Length == 0 ? Markdown.None : Markdown.Of($" Status updates that somebody posts about it go to {Markdown.Listed([.. told.Select(c => Markdown.Of($"{c}"))], "and")} too."))} The list gets a button that cancels it."
            ),
            SubmitLabel = "Raise it",
        };
    }

    public async Task<SubmissionReply> Submit(
        Submission<GuidedTestRef> form,
        CancellationToken cancel
    )
    {
        var raising = await intakes.Raise(
            new IntakeRequest(OfNobody, Severity.Sev1, Summary) { IsTest = true },
            form.Envelope,
            evenIfDuplicate: true,
            cancel
        );
        if (raising is Raising.Raised { Escalation.Id: var raised })
        {
            await Keep(raised, cancel);
        }

        await list.Refresh(form.Envelope.User, cancel);
        // The list that was pressed shows nothing of whom it reached.
        return SubmissionReply.Done(
            Markdown.Of($"{RaiseEscalation.Told(raising)}{CardIsHere(raising, form.Envelope)}")
        );
    }

    /// <summary>Where its card is, when nothing else was said of that.</summary>
    private static Markdown CardIsHere(Raising raising, Envelope from) =>
        raising is Raising.Raised { Where.IsEmpty: true, Escalation.Channel: var channel }
        && channel == from.Channel
            ? Markdown.Of(
                $" Its card is here, where only you see it: Deployment Engineering has no channel."
            )
            : Markdown.None;

    private async Task Keep(EscalationId raised, CancellationToken cancel)
    {
        bool committed;
        do
        {
            var read = await store.Find(GuidedTest.Kind, GuidedTest.Id, cancel);
            var test = new GuidedTest(raised);
            var change = new Change(clock.GetUtcNow(), nameof(TestSev1));
            _ = read is null
                ? change.Add(GuidedTest.Kind, GuidedTest.Id, test)
                : change.Replace(GuidedTest.Kind, read, test);
            committed = await store.Commit(change, cancel);
        } while (!committed);
    }
}

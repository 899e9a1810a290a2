using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>
/// The forms of the set-up, and which one follows which: on servers that have steps they come one after the other in one
/// window (DLG-2), each of them done when it is sent. Elsewhere the list has a button for each.
/// </summary>
internal sealed class GuidedForms(GuidedQueries facts)
{
    /// <summary>What follows by itself; roles come first of all.</summary>
    private static readonly GuidedPress[] Following = [GuidedPress.Channel, GuidedPress.Duty];

    /// <summary>Who has which role.</summary>
    public static Reply Roles() =>
        GiveRoles.Key.Open(
            new DialogForm(
                "Who has which role?",
                [
                    .. GiveRoles.Needed.Select(role => new DialogField(
                        role.Code,
                        GiveRoles.Capital(role.Label),
                        FieldKind.People
                    )
                    {
                        Optional = true,
                        Placeholder = "@name @name",
                    }),
                    new DialogField(GiveRoles.OtherRole, "Another role", FieldKind.Choice)
                    {
                        Optional = true,
                        Options =
                        [
                            .. People
                                .Roles.All.Where(r => !GuidedSteps.NeededRoles.Contains(r.Role))
                                .Select(r => new ControlOption(GiveRoles.Capital(r.Label), r.Code)),
                            new ControlOption(GiveRoles.NoOtherLabel, GiveRoles.NoOther),
                        ],
                    },
                    new DialogField(GiveRoles.OtherPeople, "Who has that one", FieldKind.People)
                    {
                        Optional = true,
                        Placeholder = "@name @name",
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"One or more people for each role; one person may be in several. Whoever has a role keeps it; whoever gets one is told."
                ),
                SubmitLabel = "Give roles",
            },
            new GuidedForm(),
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} role grant @name de-lead")}"
            )
        );

    /// <summary>What a channel is for.</summary>
    public async Task<Reply> Channel(CancellationToken cancel)
    {
        var now = await facts.Now(cancel);
        return Channel(
            now,
            GuidedSteps
                .Of(now)
                .FirstOrDefault(step => step is { IsDone: false, Use: not null })
                ?.Use,
            Markdown.None
        );
    }

    /// <summary>Who is on duty.</summary>
    public async Task<Reply> Duty(CancellationToken cancel) =>
        Duty(await facts.Now(cancel), Markdown.None);

    /// <summary>A form was sent and is done: what is missing next follows, as far as these forms can do it.</summary>
    /// <param name="done">Which it was.</param>
    /// <param name="said">What it did.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="not">What of it was not done; whoever sent it reads that before the next form.</param>
    public async Task<SubmissionReply> After(
        GuidedPress done,
        Markdown said,
        CancellationToken cancel,
        Markdown? not = null
    )
    {
        var now = await facts.Now(cancel);
        var missing = GuidedSteps
            .Of(now)
            .Where(step => step is { IsDone: false, Press: not null })
            .ToList();
        var next = missing.Find(step =>
            Following.Contains(step.Press!.Value)
            // Whoever left something out wanted to; of channels there are several.
            && (step.Press != done || done == GuidedPress.Channel)
        );
        if (next is null)
        {
            return SubmissionReply.Done(
                Markdown.Of($"{Markdown.Lines([said, not ?? Markdown.None])} {Left(missing)}")
            );
        }

        var above = Markdown.Of(
            $":white_check_mark: {Done(done)}{(not is { IsEmpty: false } but ? Markdown.Of($" {but.OnOneLine()}") : Markdown.None)} Next: **{next.Title}**. {next.Says} *Cancel* leaves the rest for later; the list keeps it."
        );
        return SubmissionReply
            .Done(Markdown.Lines([said, not ?? Markdown.None]))
            .Then(
                next.Press switch
                {
                    GuidedPress.Duty => Duty(now, above),
                    _ => Channel(now, next.Use, above),
                }
            );
    }

    /// <summary>Where no form follows by itself, it is said what is left.</summary>
    private static Markdown Left(List<GuidedStep> missing) =>
        missing.Count == 0
            ? Markdown.Of($"Nothing of the set-up is missing any more.")
            : Markdown.Of(
                $"Still missing: {Markdown.Listed([.. missing.Select(step => Markdown.Of($"**{step.Title}**"))], "and")}. The list of steps has a button for each."
            );

    private static string Done(GuidedPress press) =>
        press switch
        {
            GuidedPress.Roles => "The roles are given.",
            GuidedPress.Duty => "Duty is set.",
            _ => "The channel is set.",
        };

    private static Reply Channel(GuidedFacts now, GuidedChannel? use, Markdown above) =>
        ChooseChannel.Key.Open(
            new DialogForm(
                "Choose a channel",
                [
                    new DialogField(ChooseChannel.Use, "What for?", FieldKind.Choice)
                    {
                        Default = use?.Value,
                        Options =
                        [
                            .. GuidedChannel.All.Select(u => new ControlOption(u.Label, u.Value)),
                        ],
                    },
                    new DialogField(ChooseChannel.Channel, "Which channel?", FieldKind.Channel)
                    {
                        Help =
                            "A private channel is taken when the bot is a member: invite it there first.",
                    },
                ]
            )
            {
                Introduction = above,
                Premise = ChooseChannel.Chosen(now),
                SubmitLabel = "Choose",
            },
            new GuidedChannelForm(),
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} team channel de ~channel")}"
            )
        );

    private static Reply Duty(GuidedFacts now, Markdown above) =>
        ChooseDuty.Key.Open(
            ChooseDuty.Form(now.Routing, above),
            new GuidedDutyForm(),
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} duty @name @name")}"
            )
        );
}

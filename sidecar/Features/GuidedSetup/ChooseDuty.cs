using Sidecar.Chat;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The form for who is on duty.</summary>
internal sealed class ChooseDuty(
    GuidedCommands commands,
    GuidedList list,
    RoutingStore routing,
    GuidedForms forms,
    IChat chat
) : IDialogUpon<GuidedDutyForm>
{
    public const string Engineer = "engineer";
    public const string BackUp = "backup";

    public static Permission Permission => GuidedRights.SetUp;

    public static DialogKey<GuidedDutyForm> Key { get; } =
        new("guided-setup.duty", GuidedJson.Default.GuidedDutyForm);

    /// <summary>The form, filled with who is on duty.</summary>
    public static DialogForm Form(RoutingSetup now, Markdown above) =>
        new(
            "Who is on duty?",
            [
                new DialogField(Engineer, "On duty", FieldKind.Person)
                {
                    Offers = OfferSource.PeopleWith(Role.DeploymentEngineer),
                    Default = now.OnDuty?.Value,
                    Help = "Reminded of what nobody owns or acknowledges.",
                },
                new DialogField(BackUp, "Back-up", FieldKind.Person)
                {
                    Offers = OfferSource.PeopleWith(Role.DeploymentEngineer),
                    Optional = true,
                    Default = now.BackUp?.Value,
                    Help = "Reminded next.",
                },
            ]
        )
        {
            Introduction = above,
            SubmitLabel = "Save",
        };

    public async ValueTask<DialogForm?> Now(
        Submission<GuidedDutyForm> form,
        CancellationToken cancel
    ) => Form(await routing.Setup(cancel), Markdown.None);

    public async Task<SubmissionReply> Submit(
        Submission<GuidedDutyForm> form,
        CancellationToken cancel
    )
    {
        if (form[Engineer].Length == 0)
        {
            return SubmissionReply.Mark(Engineer, "Choose who is on duty.");
        }

        List<(string Name, UserId Id)> people = [];
        foreach (var field in (string[])[Engineer, BackUp])
        {
            if (form[field] is not { Length: > 0 } chosen)
            {
                continue;
            }

            if (
                !IdForm.Fits(chosen)
                || await chat.FindPerson(new UserId(chosen), cancel) is not { } person
            )
            {
                return SubmissionReply.Mark(
                    field,
                    "Mattermost knows nobody like that. Choose somebody else."
                );
            }

            people.Add((person.Username, person.Id));
        }

        UserId? backUp = people.Count > 1 ? people[1].Id : null;
        var before = await routing.Setup(cancel);
        if (before.OnDuty == people[0].Id && before.BackUp == backUp)
        {
            return SubmissionReply.Unchanged;
        }

        // A back-up that is not named stays by the command; here nobody means nobody.
        var named = people.Select(p => $"@{p.Name}").Concat(backUp is null ? ["none"] : []);
        var (isSo, said) = await commands.Achieve(
            $"duty {string.Join(' ', named)}",
            GuidedCommands.People(people.DistinctBy(p => p.Id)),
            form.Envelope,
            async () =>
                await routing.Setup(cancel) is var now
                && now.OnDuty == people[0].Id
                && now.BackUp == backUp,
            cancel
        );
        if (!isSo)
        {
            return SubmissionReply.No(new NotSetUp(said));
        }

        await list.Refresh(form.Envelope.User, cancel);
        return await forms.After(GuidedPress.Duty, said, cancel);
    }
}

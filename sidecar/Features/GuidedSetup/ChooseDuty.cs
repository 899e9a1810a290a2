using Sidecar.Chat;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The form for who is on duty.</summary>
internal sealed class ChooseDuty(
    GuidedCommands commands,
    GuidedList list,
    RoutingStore routing,
    GuidedForms forms,
    IChat chat
) : IDialog<GuidedDutyForm>
{
    public const string Engineer = "engineer";
    public const string BackUp = "backup";

    public static Permission Permission => GuidedRights.SetUp;

    public static DialogKey<GuidedDutyForm> Key { get; } =
        new("guided-setup.duty", GuidedJson.Default.GuidedDutyForm);

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

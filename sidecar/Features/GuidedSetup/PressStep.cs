using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Import;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>A button of the list: opens the form of its step, or does it.</summary>
internal sealed class PressStep(
    GuidedList list,
    GuidedQueries facts,
    GuidedCommands commands,
    GuidedForms forms,
    AwaitFile files
) : IAction<GuidedRef>
{
    public static Permission Permission => GuidedRights.SetUp;

    public static ActionKey<GuidedRef> Key { get; } =
        new("guided-setup.step", GuidedJson.Default.GuidedRef);

    public async Task<Reply> Press(ActionCall<GuidedRef> call, CancellationToken cancel)
    {
        await list.Watch(call.Envelope.User, cancel);
        return await Do(call.Payload.Press, call.Envelope, cancel);
    }

    /// <summary>Opens the form of a step, or does it, wherever somebody pressed.</summary>
    public async Task<Reply> Do(GuidedPress press, Envelope from, CancellationToken cancel)
    {
        switch (press)
        {
            case GuidedPress.Roles:
                return GuidedForms.Roles();
            case GuidedPress.Channel:
                return await forms.Channel(cancel);
            case GuidedPress.Duty:
                return await forms.Duty(cancel);
            case GuidedPress.Customer:
                return await commands.Run("customer add", from, cancel);
            case GuidedPress.Template:
                return await files.Offer(from.User, cancel)
                    ? Reply.Done(Markdown.Of($"I will ask you below about the file that you sent."))
                    : await commands.Run("customer import template", from, cancel);
            case GuidedPress.Meeting:
                return await commands.Run("agenda set", from, cancel);
            case GuidedPress.EndTest:
                return await EndTest(from, cancel);
            case GuidedPress.Engineer:
                return await Engineer(from, cancel);
            case GuidedPress.Escalation:
                return await commands.Run("new", from, cancel);
            default:
                return await list.Refresh(from.User, cancel)
                    ? Reply.Done(Markdown.Of($"The list above shows how things are now."))
                    : Reply.Say(
                        Markdown.Of($"Nothing has changed: the list shows how things are now.")
                    );
        }
    }

    private async Task<Reply> EndTest(Envelope from, CancellationToken cancel)
    {
        if ((await facts.Now(cancel)).Test is not { } test)
        {
            return Reply.Say(Markdown.Of($"The test is over already."));
        }

        var reply = await commands.Run($"cancel {test} The test is over", from, cancel);
        await list.Refresh(from.User, cancel);
        return reply;
    }

    /// <summary>Nothing in its form is chosen already: whoever sends it as it is would tell four people of a guess.</summary>
    private async Task<Reply> Engineer(Envelope from, CancellationToken cancel)
    {
        var now = await facts.Now(cancel);
        var engaged = now.Assignments.Select(a => a.Customer).ToHashSet();
        var customer = now.Customers.FirstOrDefault(c =>
            !engaged.Contains(c.Key) && RequestForm.Hopeless(c) is null
        );
        return (customer, now.Holders[Role.SupportEngineer].Count) switch
        {
            (null, _) when now.Customers.Count == 0 => Reply.No(
                Markdown.Of(
                    $"An engineer is assigned to a customer, and there is none yet. Press “Add a customer” first."
                )
            ),
            (null, _) => Reply.No(
                Markdown.Of(
                    $"Every customer has an engineer already, or can have none: after the sale only strategic customers have one. Press “Add a customer” to add another."
                )
            ),
            (_, 0) => Reply.No(
                Markdown.Of(
                    $"Only support engineers can be assigned, and nobody has that role yet. Press “Give roles” first."
                )
            ),
            _ => await commands.Run("engineer start", from, cancel),
        };
    }
}

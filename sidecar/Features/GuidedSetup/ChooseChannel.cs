using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The form for what a channel is for: teams, updates, internal, help, the list of engineers.</summary>
internal sealed class ChooseChannel(
    GuidedCommands commands,
    GuidedList list,
    GuidedQueries facts,
    GuidedForms forms,
    IChat chat
) : IDialogUpon<GuidedChannelForm>
{
    public const string Use = "use";
    public const string Channel = "channel";

    public static Permission Permission => GuidedRights.SetUp;

    public static DialogKey<GuidedChannelForm> Key { get; } =
        new("guided-setup.channel", GuidedJson.Default.GuidedChannelForm);

    /// <summary>A channel that somebody chose meanwhile is not replaced without a word (M1).</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<GuidedChannelForm> form,
        CancellationToken cancel
    ) => DialogForm.Upon(Chosen(await facts.Now(cancel)));

    /// <summary>What has one channel, which another one would replace.</summary>
    public static Markdown Chosen(GuidedFacts now)
    {
        var chosen = GuidedChannel
            .All.Select(use => (use.Label, Channel: now.Only(use)))
            .Where(c => c.Channel is not null)
            .Select(c => Markdown.Of($"{c.Label}: {c.Channel!.Value}"))
            .ToList();
        return chosen.Count == 0
            ? Markdown.Of($"No channel is chosen yet.")
            : Markdown.Of($"Chosen by now: {Markdown.Listed(chosen, "and")}.");
    }

    public async Task<SubmissionReply> Submit(
        Submission<GuidedChannelForm> form,
        CancellationToken cancel
    )
    {
        var by = form.Envelope.User;
        if (GuidedChannel.All.FirstOrDefault(u => u.Value == form[Use]) is not { } use)
        {
            return SubmissionReply.Mark(Use, "Choose what the channel is for.");
        }

        if (!IdForm.Fits(form[Channel]))
        {
            return SubmissionReply.Mark(Channel, "Choose a channel.");
        }

        var id = new ChannelId(form[Channel]);
        // Mattermost vouches for channels in a command, not for what comes with a form.
        if (
            await chat.FindChannel(id, cancel) is not { } found
            || (found.IsPrivate && !await chat.IsMember(id, by, cancel))
        )
        {
            return SubmissionReply.Mark(
                Channel,
                "I can’t see that channel: invite the bot there first."
            );
        }

        if (found.IsArchived)
        {
            return SubmissionReply.Mark(
                Channel,
                "That channel is archived: nothing can be posted there."
            );
        }

        var name = found.Named.Name;
        var (isSo, said) = await commands.Achieve(
            $"{use.Command} ~{name}",
            GuidedCommands.Channel(name, id),
            form.Envelope,
            () => facts.Uses(use, id, cancel),
            cancel
        );
        if (!isSo)
        {
            return SubmissionReply.No(new NotSetUp(said));
        }

        await list.Refresh(by, cancel);
        return await forms.After(GuidedPress.Channel, said, cancel);
    }
}

using Campaigns.Model;

namespace Campaigns;

/// <content>By which doors people do it.</content>
internal sealed partial class Script
{
    private async Task<Answer> Types(string who, string line, string channel)
    {
        var outcome = await Mattermost
            .As(town.IdOf(who))
            .Execute(channel, $"/escalate {line}", team: town.TeamOf(channel));
        return outcome.Error is { } error
            ? Answer.None(error.Message)
            : new Answer(outcome.Status == 200, outcome.Text);
    }

    private async Task<Answer> Presses(string who, Case one, string button)
    {
        if (
            CardOf(one) is not { } card
            || card.Actions.FirstOrDefault(a => a.Name == button) is not { } action
        )
        {
            return Answer.None("The card shows no such button yet.");
        }

        var outcome = await Mattermost.As(town.IdOf(who)).ClickRaw(card.Id, action.Id!);
        return outcome.Error is { } error
            ? Answer.None(error.Message)
            : new Answer(outcome.Status == 200, outcome.Text);
    }

    private async Task<Answer> Reacts(string who, Case one, string emoji)
    {
        if (
            CardOf(one) is not { } card
            || card.Reactions.Any(r => r.UserId == town.IdOf(who) && r.EmojiName == emoji)
        )
        {
            return Answer.None("There is no card to react to.");
        }

        await Mattermost.As(town.IdOf(who)).React(card.Id, emoji);
        return new Answer(true, "");
    }

    private async Task<Answer> Asks(string who, Case one, object body)
    {
        try
        {
            var reply = await town.ProgramOf(who).Post($"/escalations/{one.Id}/moves", body);
            return reply.Status == 200 ? new Answer(true, "") : Answer.None(reply.Body);
        }
        catch (HttpRequestException nobody)
        {
            return Answer.None(nobody.Message);
        }
    }

    private async Task<Answer> ByForm(string who, Raise raise, string behind)
    {
        var answer = await Types(who, behind, raise.Channel);
        return answer.IsHeard
            ? await Submits(
                who,
                "",
                [
                    ("customer", raise.Customer),
                    ("severity", $"sev{raise.Severity}"),
                    // What is urgent is raised without it.
                    .. raise.Severity > 2
                        ? [("category", "deployment")]
                        : Array.Empty<(string, object?)>(),
                    ("summary", raise.Summary),
                ]
            )
            : answer;
    }

    private async Task<Answer> FromMessage(string who, Raise raise)
    {
        var message = await Mattermost.As(town.IdOf(who)).Post(raise.Channel, "Look at that");
        return await ByForm(
            who,
            raise,
            $"message {Mattermost.Url}{town.TeamOf(raise.Channel)}/pl/{message.Id}"
        );
    }

    private async Task<Answer> Submits(string who, string title, (string, object?)[] values)
    {
        if (
            Mattermost.OpenDialogOf(town.IdOf(who)) is not { } form
            || !form.Title.StartsWith(title, StringComparison.Ordinal)
        )
        {
            return Answer.None("No form opened.");
        }

        var person = Mattermost.As(town.IdOf(who));
        try
        {
            var outcome = await person.SubmitDialog(
                form,
                values.ToDictionary(v => v.Item1, v => v.Item2, StringComparer.Ordinal)
            );
            return outcome.Closed
                ? new Answer(true, "")
                : Answer.None(
                    $"{outcome.AppError?.Message} {outcome.Error} {string.Join("; ", outcome.FieldErrors.Values)}"
                );
        }
        catch (ArgumentException nothing)
        {
            // A list of the form was offered nothing.
            return Answer.None(nothing.Message);
        }
        finally
        {
            if (Mattermost.OpenDialogOf(town.IdOf(who)) is { } left)
            {
                await person.CancelDialog(left);
            }
        }
    }
}

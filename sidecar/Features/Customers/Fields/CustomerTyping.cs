using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Fields;

/// <summary>Understands what somebody typed into a field, people included.</summary>
internal sealed class CustomerTyping(PeopleDirectory people)
{
    /// <summary>Understands a value of a form, which knows people by their ids.</summary>
    public ValueTask<FieldReading> OfForm(
        CustomerField field,
        string typed,
        DateOnly today,
        CancellationToken cancel
    ) =>
        field.IsPerson && typed.Trim() is { Length: > 0 } id
            ? Owner(new UserId(id), cancel)
            : ValueTask.FromResult(field.Read(typed, today));

    /// <summary>Understands a value of a command, in which people are at-names, or “me”.</summary>
    public async ValueTask<FieldReading> OfCommand(
        CustomerField field,
        TypedFieldValue typed,
        Envelope envelope,
        DateOnly today,
        CancellationToken cancel
    )
    {
        var text = UnseenMarks.Without(typed.Text).Trim();
        if (field.IsPerson ? NoneWord.Is(text) : NoneWord.IsInProse(text))
        {
            return field.Read("", today);
        }

        if (!field.IsPerson)
        {
            return field.Read(text, today);
        }

        if (BareWord.Is(text, "me"))
        {
            return await Owner(envelope.User, cancel);
        }

        var name = SentenceMarks.Bare(text, '@');
        if (SentenceMarks.Fits(name, typed.Mentions.Users, out var mentioned, out _))
        {
            return await Owner(mentioned, cancel);
        }

        var called = await people.Called(SentenceMarks.Spellings(name), cancel);
        return SentenceMarks.Fits(name, called, out var person, out _)
            ? Owner(person)
            : FieldReading.Wrong(
                $"There is nobody called “{text}”: write the at-name, as in `{field.Example}`."
            );
    }

    /// <summary>Somebody who is to own a customer, or why they can't.</summary>
    public static FieldReading Owner(ChatPerson person) =>
        person switch
        {
            { IsBot: true } => FieldReading.Wrong(
                $"@{person.Username} is a bot and can’t own a customer: name a person."
            ),
            { IsDeactivated: true } => FieldReading.Wrong(
                $"The account of @{person.Username} is deactivated: name somebody else."
            ),
            { IsGuest: true } => FieldReading.Wrong(
                $"@{person.Username} is a guest on this server and can’t own a customer: name somebody else."
            ),
            _ => FieldReading.Of(person.Id.Value),
        };

    private async ValueTask<FieldReading> Owner(UserId id, CancellationToken cancel) =>
        await people.Find(id, cancel) is { } person
            ? Owner(person)
            : FieldReading.Wrong("Mattermost knows nobody with that id: choose somebody else.");
}

/// <summary>A value as somebody typed it in a command, with whom it mentions.</summary>
internal sealed record TypedFieldValue(string Text, Mentions Mentions)
{
    /// <summary>The rest of a command as a value.</summary>
    public static Parameter<TypedFieldValue> Parameter { get; } =
        new(
            "value",
            "<value>",
            source =>
                source.Line.From(source.At).Trim() is { Length: > 0 } text
                    ? ReadArgument.Of<TypedFieldValue>(
                        new TypedFieldValue(text, source.Mentions),
                        source.Line.Words.Length - source.At
                    )
                    : ReadArgument.Absent<TypedFieldValue>()
        )
        {
            Hint = "What should it be? Write the value, or `-` to clear it.",
            IsText = true,
        };
}

using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Api;

/// <summary>
/// What the product's refusals are over HTTP, in the words that somebody in the chat would read, and people by name.
/// </summary>
internal sealed class ApiAnswers(Store store, PeopleDirectory people, Router router)
{
    public const string NobodyLikeThat = "Mattermost knows nobody like that.";

    /// <summary>Why somebody may not do something; null when they may.</summary>
    public async ValueTask<ApiProblem?> WhyNot(
        Permission permission,
        UserId user,
        CancellationToken cancel
    ) =>
        await router.WhyNot(permission, user, cancel) is { } refusal
            ? await Of(refusal, cancel)
            : null;

    /// <summary>A refusal.</summary>
    public async ValueTask<ApiProblem> Of(Refusal refusal, CancellationToken cancel)
    {
        var sentence = await Plain(refusal.Sentence, cancel);
        return refusal switch
        {
            NotRecognised { WillPass: true } or NotAskedNow { WillPass: true } =>
                ApiProblem.Unavailable(sentence),
            NotPermitted
            or NotOfTheTeam
            or NotRecognised
            or NotAskedNow
            or MayNot
            or PrivateIncident => ApiProblem.Forbidden(sentence),
            NoSuchEscalation
            or NoSuchCustomer
            or NoSuchCustomerForAll
            or NoSuchAssignment
            or NoSuchImplementation
            or NoSuchServiceRequest => ApiProblem.NotFound(sentence),
            ReasonMissing or ReasonTooLong => ApiProblem.Unprocessable([
                new ApiError("/words", sentence),
            ]),
            ChangedMeanwhile or ChangedSince => ApiProblem.ChangedSince,
            _ => ApiProblem.Conflict(sentence),
        };
    }

    /// <summary>What a form would say; null when it would close.</summary>
    /// <param name="reply">What it says.</param>
    /// <param name="names">The members of the body that the form's fields are, where they are called otherwise.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<ApiProblem?> Of(
        SubmissionReply reply,
        IReadOnlyDictionary<string, string> names,
        CancellationToken cancel
    ) =>
        reply switch
        {
            SubmissionReply.Marked marked => ApiProblem.Unprocessable([
                .. marked.Problems.Select(p => new ApiError(
                    "/" + names.GetValueOrDefault(p.Key, p.Key),
                    p.Value
                )),
                .. marked.General is { } general ? [new ApiError("", general)] : (ApiError[])[],
            ]),
            SubmissionReply.Turned { Because: { } why } => await Of(why, cancel),
            SubmissionReply.Turned { Why: var why } => ApiProblem.Conflict(
                await Plain(why, cancel)
            ),
            SubmissionReply.Refused { Why: var why } => ApiProblem.Conflict(why),
            _ => null,
        };

    /// <summary>Why a rule refused; null when it did not.</summary>
    public async ValueTask<ApiProblem?> Of<TState, TFact>(
        Decision<TState, TFact> decision,
        CancellationToken cancel
    )
        where TState : class
        where TFact : class =>
        decision is Decision<TState, TFact>.Refused { Why: var why } ? await Of(why, cancel) : null;

    /// <summary>
    /// What a request has made, by its act: the same when its first delivery made it. Null when it made nothing.
    /// </summary>
    public async ValueTask<T?> Made<T>(ApiCall call, DocumentKind<T> kind, CancellationToken cancel)
        where T : class =>
        await store.Find(IdempotencyRecord.Kind, call.Act, cancel) is { Value.Made: var made }
            ? (await store.Find(kind, made, cancel))?.Value
            : null;

    /// <summary>A sentence without marks, with the names of those whom it mentions.</summary>
    public async ValueTask<string> Plain(Markdown text, CancellationToken cancel)
    {
        await Know(text.Mentioned().Select(p => (UserId?)p), cancel);
        return MarkdownEscaper.Plain(text.Show(people.NameOf));
    }

    /// <summary>Makes names available before they are written. Whom Mattermost does not tell stays unnamed.</summary>
    public Task Know(IEnumerable<UserId?> who, CancellationToken cancel) =>
        people.TryToKnow(who.OfType<UserId>(), cancel);

    public ApiPerson Person(UserId who) => new(who.Value, people.NameOf(who));

    public ApiPerson? Person(UserId? who) => who is { } person ? Person(person) : null;

    /// <summary>What somebody in the chat would be told; null when it was done.</summary>
    public async ValueTask<ApiProblem?> Of(Reply reply, CancellationToken cancel) =>
        reply switch
        {
            Reply.Whisper { Because: { } why } => await Of(why, cancel),
            Reply.Whisper { IsRefusal: true, Text: var why } => ApiProblem.Conflict(
                await Plain(why, cancel)
            ),
            _ => null,
        };

    /// <summary>Whom a member of the body names; nobody when it was not sent, or is null.</summary>
    public async ValueTask<(UserId? Who, ApiProblem? Problem)> Named(
        ApiCall call,
        string member,
        CancellationToken cancel
    ) =>
        call[member] is not { Length: > 0 } typed ? (null, null)
        : await Meant(typed, cancel) is { } who ? (who, null)
        : (null, ApiProblem.Unprocessable(member, NobodyLikeThat));

    /// <summary>Who is meant by an id or an at-name; null when there is nobody.</summary>
    public async ValueTask<UserId?> Meant(string typed, CancellationToken cancel)
    {
        if (!typed.StartsWith('@'))
        {
            return
                IdForm.Fits(typed) && await people.Find(new UserId(typed), cancel) is { Id: var id }
                ? id
                : null;
        }

        var name = typed[1..].ToLowerInvariant();
        return (await people.Called([name], cancel)).TryGetValue(name, out var person)
            ? person.Id
            : null;
    }
}

/// <summary>Somebody, in what the API answers.</summary>
/// <param name="Id">Their id in Mattermost.</param>
/// <param name="Username">Their name as it is now; null when it is not known.</param>
internal sealed record ApiPerson(string Id, string? Username);

/// <summary>It is not as it was when whoever changes it read it.</summary>
internal sealed record ChangedSince()
    : Refusal(Markdown.Of($"It was changed since it was read; nothing was done."));

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Api;

/// <summary>
/// Something that can be asked for over the REST API, declared once: its route, what its requests are checked by, and its
/// part of the description are made of it (API-1).
/// </summary>
/// <param name="Id">Its name in the description, by which clients call it.</param>
/// <param name="Method">GET, POST or PATCH.</param>
/// <param name="Path">Below <see cref="ApiDoor.Root"/>, with its parameters in braces.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Scope">What a token must be for; null: any token will do.</param>
internal sealed record ApiOperation(
    string Id,
    string Method,
    string Path,
    string Summary,
    TokenScope? Scope
)
{
    /// <summary>The group that it is shown in.</summary>
    public required string Tag { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The parts of the path in braces.</summary>
    public ImmutableArray<ApiField> PathFields { get; init; } = [];

    public ImmutableArray<ApiField> Query { get; init; } = [];

    /// <summary>What the body holds; empty: there is none.</summary>
    public ImmutableArray<ApiField> Body { get; init; } = [];

    /// <summary>What it answers.</summary>
    public required JsonTypeInfo Result { get; init; }

    /// <summary>Writes the same as a table (CSV), for whoever accepts that; null: there is none.</summary>
    public Func<object, Stream, CancellationToken, Task>? Csv { get; init; }

    /// <summary>As how many requests one counts: what reads all that there is costs more than what reads one thing.</summary>
    public int Cost { get; init; } = 1;

    public int Success { get; init; } = 200;

    /// <summary>What else it may answer besides what every operation may.</summary>
    public ImmutableArray<int> Refusals { get; init; } = [];

    public required Func<
        IServiceProvider,
        ApiCall,
        CancellationToken,
        Task<ApiAnswer>
    > Run { get; init; }

    /// <summary>
    /// What is answered to a request that was done, when its answer died with the process: how it stands now. Whatever
    /// takes an <c>Idempotency-Key</c> has it.
    /// </summary>
    public Func<IServiceProvider, ApiCall, CancellationToken, Task<ApiAnswer>>? Again { get; init; }

    public bool IsWrite => Method != "GET";

    /// <summary>Whether <c>If-Match</c> must be sent: of two who change the same, the second one is told.</summary>
    public bool NeedsIfMatch => Method == "PATCH";

    public bool NeedsIdempotencyKey => Method == "POST";
}

/// <summary>A verified request.</summary>
/// <param name="Token">With which token.</param>
/// <param name="Act">Names this one act: the same when the request is sent again.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Values">Parts of the path, parameters, and what is in the body, as forms have them.</param>
/// <param name="IfMatch">The ETag that what is changed must have; null when none was sent, or any will do.</param>
internal sealed record ApiCall(
    ApiToken Token,
    string Act,
    DateTimeOffset At,
    IReadOnlyDictionary<string, string> Values,
    string? IfMatch
)
{
    /// <summary>Who acts.</summary>
    public UserId User => Token.Owner;

    /// <summary>A value; null when it was not sent.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>How many are wanted on a page.</summary>
    public int Limit => this[Paging.LimitName] is { } limit ? int.Parse(limit, null) : Paging.Usual;

    /// <summary>The same act as any other door has it.</summary>
    public Envelope Envelope(ChannelId channel = default) =>
        new(Act, User, null, channel, null, null, At) { IsFromProgram = true };

    /// <summary>A form as whoever sends this would fill it: its fields, and the members of the body that they are.</summary>
    public FormAnswers Form(params IEnumerable<(string Field, string Member)> fields) =>
        new(
            fields.ToDictionary(f => f.Field, f => this[f.Member] ?? "", StringComparer.Ordinal),
            Asked: null
        );

    /// <summary>Whether what is there is not what the request was decided on.</summary>
    public bool IsOutdated<T>(T current, JsonTypeInfo<T> type) =>
        IfMatch is { } tag
        && !tag.Split(',', StringSplitOptions.TrimEntries)
            .Contains(
                ETag.Of(JsonSerializer.SerializeToUtf8Bytes(current, type)),
                StringComparer.Ordinal
            );
}

/// <summary>What a request is answered.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer() { }

    public static implicit operator ApiAnswer(ApiProblem problem) => new OfProblem(problem);

    /// <summary>It is done, or here it is.</summary>
    public sealed record OfValue(object Content) : ApiAnswer
    {
        /// <summary>Where what was made is.</summary>
        public string? Location { get; init; }

        /// <summary>By which the next page is asked for.</summary>
        public string? Next { get; init; }
    }

    /// <summary>It is not done.</summary>
    public sealed record OfProblem(ApiProblem Problem) : ApiAnswer;
}

/// <summary>A page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Next">Sent as <c>cursor</c>, it asks for the next page; null on the last one.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How lists are asked for in pages.</summary>
internal static class Paging
{
    public const string LimitName = "limit";
    public const string CursorName = "cursor";
    public const int Usual = 50;
    private const int Most = 200;

    public static ImmutableArray<ApiField> Fields { get; } =
    [
        new(LimitName, FieldType.Integer, "How many on a page.") { Min = 1, Max = Most },
        new(
            CursorName,
            FieldType.Text,
            "Where the page before ended: its “next”. The Link header has the whole address."
        )
        {
            MaxLength = 1000,
        },
    ];
}

/// <summary>The version of what was read: what was written is told by its digest.</summary>
internal static class ETag
{
    public static string Of(ReadOnlySpan<byte> body) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
}

using System.Text.Json.Serialization;

namespace Sidecar.Api;

/// <summary>Why a request was not done, as RFC 9457 has it.</summary>
/// <param name="Type">Names the kind of problem; never changes.</param>
/// <param name="Title">The kind of problem in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The sentence that somebody in the chat would read.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    /// <summary>What is wrong with which part of the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApiError>? Errors { get; init; }

    /// <summary>By which an administrator finds it in the log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>After how many seconds it can be asked again; told in a header.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    public static ApiProblem Unauthorized { get; } =
        Of("unauthorized", "No valid token", 401, "The request needs a token that is valid now.");

    public static ApiProblem NotInScope(string scope) =>
        Of(
            "scope",
            "The token is not for this",
            403,
            $"The token was made without the scope {scope}."
        );

    public static ApiProblem Forbidden(string why) =>
        Of("not-permitted", "You may not do this", 403, why);

    public static ApiProblem NotFound(string why) =>
        Of("not-found", "There is no such thing", 404, why);

    public static ApiProblem NoSuchPath { get; } = NotFound("There is nothing at this address.");

    public static ApiProblem MethodNotAllowed(string allowed) =>
        Of("method", "The method does not fit", 405, $"This address takes {allowed}.");

    public static ApiProblem Conflict(string why) =>
        Of("refused", "It can't be done as things stand", 409, why);

    public static ApiProblem InProgress { get; } =
        Of(
            "in-progress",
            "The same request is under way",
            409,
            "A request with this Idempotency-Key is being worked on; ask again in a second."
        ) with
        {
            RetryAfter = 1,
        };

    public static ApiProblem ChangedSince { get; } =
        Of(
            "changed",
            "It was changed meanwhile",
            412,
            "It is not as it was when you read it: read it again, and decide on that."
        );

    public static ApiProblem TooLarge(int most) =>
        Of("too-large", "The request is too large", 413, $"A body takes {most} bytes.");

    public static ApiProblem NotJson { get; } =
        Of("media-type", "The body is not JSON", 415, "Send application/json.");

    public static ApiProblem Invalid(string where, string what) =>
        Malformed([new ApiError(where, what)]);

    /// <summary>The form of the request is wrong.</summary>
    public static ApiProblem Malformed(IReadOnlyList<ApiError> errors) =>
        Of("malformed", "The request is malformed", 400, Sentence(errors)) with
        {
            Errors = errors,
        };

    /// <summary>A member of the body can't be taken.</summary>
    public static ApiProblem Unprocessable(string member, string why) =>
        Unprocessable([new ApiError("/" + member, why)]);

    /// <summary>The form is right, but what it says can't be taken.</summary>
    public static ApiProblem Unprocessable(IReadOnlyList<ApiError> errors) =>
        Of("not-taken", "A value can't be taken", 422, Sentence(errors)) with
        {
            Errors = errors,
        };

    public static ApiProblem OtherRequest { get; } =
        Of(
            "idempotency-key-reused",
            "The key belongs to another request",
            422,
            "This Idempotency-Key was sent with another request before: each request needs its own."
        );

    public static ApiProblem NeedsIfMatch { get; } =
        Of(
            "if-match-missing",
            "If-Match is missing",
            428,
            "Send the ETag that you read in If-Match, so that nobody's change is lost; * changes whatever is there."
        );

    public static ApiProblem TooFast(int seconds) =>
        Of(
            "too-fast",
            "Too many requests",
            429,
            $"That was a lot at once; nothing was done. Go on in {seconds} {(seconds == 1 ? "second" : "seconds")}."
        ) with
        {
            RetryAfter = seconds,
        };

    /// <summary>What costs much is made once at a time for each person.</summary>
    public static ApiProblem UnderWay(string what, int seconds) =>
        Of("too-fast", "Too many requests", 429, what) with
        {
            RetryAfter = seconds,
        };

    public static ApiProblem Fault(string reference) =>
        Of(
            "fault",
            "That did not work",
            500,
            $"That did not work, and it is our fault (ref {reference})."
        ) with
        {
            Reference = reference,
        };

    public static ApiProblem Unavailable(string why, string? reference = null) =>
        Of("unavailable", "Not possible right now", 503, why) with
        {
            Reference = reference,
        };

    private static ApiProblem Of(string type, string title, int status, string detail) =>
        new($"urn:escalate:problem:{type}", title, status, detail);

    private static string Sentence(IReadOnlyList<ApiError> errors) =>
        errors.Count == 1
            ? $"{errors[0].Where}: {errors[0].Detail}"
            : $"{errors.Count} parts of the request are wrong; see errors.";
}

/// <summary>What is wrong with a part of a request.</summary>
/// <param name="Where">A JSON pointer into the body, or the name of a parameter or header.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record ApiError(string Where, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class ApiProblemJson : JsonSerializerContext;

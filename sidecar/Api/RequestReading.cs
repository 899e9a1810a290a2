using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Sidecar.Api;

/// <summary>Reads what a request holds, and checks it by what its operation declares: nothing else gets further.</summary>
internal static class RequestReading
{
    /// <summary>More than any request holds.</summary>
    public const int LargestBody = 64 * 1024;

    private const int LongestQuery = 4096;
    private const int Deepest = 4;

    /// <summary>The parts of the path and the parameters.</summary>
    public static ApiProblem? Read(
        ApiOperation operation,
        HttpRequest request,
        Dictionary<string, string> values
    )
    {
        var errors = new List<ApiError>();
        foreach (var field in operation.PathFields)
        {
            // What has not the form of a number or key names nothing: there is no such thing.
            var (value, problem) = field.Read($"{request.RouteValues[field.Name]}");
            if (problem is not null)
            {
                return ApiProblem.NotFound(problem);
            }

            values[field.Name] = value;
        }

        if (request.QueryString.Value?.Length > LongestQuery)
        {
            return ApiProblem.Invalid(
                "query",
                $"The address takes {LongestQuery} characters of parameters."
            );
        }

        foreach (var (name, sent) in request.Query)
        {
            if (operation.Query.FirstOrDefault(f => f.Name == name) is not { } field)
            {
                errors.Add(
                    new ApiError(
                        Shown(name),
                        operation.Query.IsEmpty
                            ? "There are no parameters here."
                            : $"There is no such parameter: there are {string.Join(", ", operation.Query.Select(f => f.Name))}."
                    )
                );
            }
            else if (sent.Count != 1)
            {
                errors.Add(new ApiError(name, "Send it once."));
            }
            else if (field.Read(sent[0] ?? "") is var (value, problem))
            {
                Keep(field, name, value, problem, values, errors);
            }
        }

        return errors.Count == 0 ? null : ApiProblem.Malformed(errors);
    }

    /// <summary>The body.</summary>
    public static ApiProblem? Read(
        ApiOperation operation,
        ReadOnlyMemory<byte> body,
        Dictionary<string, string> values
    )
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(
                body,
                new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false }
            );
        }
        catch (JsonException problem)
        {
            return ApiProblem.Invalid(
                "body",
                problem is { LineNumber: { } line, BytePositionInLine: { } at }
                    ? $"This is not JSON that can be read: line {line + 1}, byte {at + 1}."
                    : "This is not JSON that can be read: a name stands in it twice, or it is nested too deeply."
            );
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name: found where names are compared with each other.
            return ApiProblem.Invalid(
                "body",
                "A name in it holds half a character (a lone surrogate), which no text has."
            );
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return ApiProblem.Invalid("body", "The body is an object.");
            }

            var errors = new List<ApiError>();
            foreach (var member in Members(json.RootElement))
            {
                var (name, sent) = member;
                if (operation.Body.FirstOrDefault(f => f.Name == name) is not { } field)
                {
                    errors.Add(
                        new ApiError(
                            "/" + Shown(name),
                            $"There is no such member: there are {string.Join(", ", operation.Body.Select(f => f.Name))}."
                        )
                    );
                }
                else
                {
                    var (value, problem) = field.Read(sent);
                    Keep(field, "/" + name, value, problem, values, errors);
                }
            }

            errors.AddRange(
                operation
                    .Body.Where(f =>
                        f.IsRequired
                        && !values.ContainsKey(f.Name)
                        && errors.TrueForAll(e => e.Where != "/" + f.Name)
                    )
                    .Select(f => new ApiError("/" + f.Name, "This is missing."))
            );
            return errors.Count == 0 ? null : ApiProblem.Malformed(errors);
        }
    }

    /// <summary>All of a body; null when it is larger than is taken.</summary>
    public static async ValueTask<byte[]?> Bytes(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1024), cancel);
            if (read == 0)
            {
                return buffer.WrittenSpan.ToArray();
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > LargestBody)
            {
                return null;
            }
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                // Half a character in a name.
                name = "\uFFFD";
            }

            yield return (name, member.Value);
        }
    }

    private static void Keep(
        ApiField field,
        string where,
        string value,
        string? problem,
        Dictionary<string, string> values,
        List<ApiError> errors
    )
    {
        if (problem is null)
        {
            values[field.Name] = value;
        }
        else
        {
            errors.Add(new ApiError(where, problem));
        }
    }

    private static string Shown(string name) => Sidecar.Text.MarkdownEscaper.Shorten(name, 60);
}

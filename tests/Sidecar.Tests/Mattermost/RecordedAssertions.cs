using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Sidecar.Tests.Mattermost;

/// <summary>Holds what happened against what was recorded.</summary>
internal static class RecordedAssertions
{
    public static void ShouldBeAsRecorded(int status, JsonElement answer, JsonElement recorded)
    {
        var expected = recorded.GetProperty("response_to_client");
        status.ShouldBe(expected.GetProperty("status").GetInt32());
        answer.ShouldBeLike(expected.GetProperty("body"));
    }

    public static void ShouldBeAsRecorded(ReceivedByIntegration received, JsonElement recorded)
    {
        if (!recorded.TryGetProperty("request_to_sidecar", out var expected))
        {
            return;
        }

        Replayed.Held(expected.GetProperty("body"));
        received.Method.ShouldBe(expected.GetProperty("method").GetString());
        received.Path.ShouldBe(expected.GetProperty("path").GetString());
        received.Body.ShouldBeLike(expected.GetProperty("body").GetString()!);
        foreach (var header in expected.GetProperty("headers").EnumerateObject())
        {
            // Signatures differ in length, and so do bodies.
            var value =
                header.Name == "Content-Length"
                    ? System
                        .Text.Encoding.UTF8.GetByteCount(received.Body)
                        .ToString(CultureInfo.InvariantCulture)
                    : Abstracted.Text(header.Value.GetString()!);
            Abstracted.Text(received.Headers[header.Name]).ShouldBe(value, header.Name);
        }
    }

    public static string FormField(string form, string name) => Form(form)[name];

    /// <summary>A form's fields; of repeated ones the last.</summary>
    public static Dictionary<string, string> Form(string form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Split('&'))
        {
            var (name, value) = (
                field[..field.IndexOf('=', StringComparison.Ordinal)],
                field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]
            );
            fields[name] = Uri.UnescapeDataString(value.Replace('+', ' '));
        }

        return fields;
    }
}

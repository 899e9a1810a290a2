using Shouldly;
using Sidecar.Tests.Features.Tokens;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Api.Client;

/// <summary>A typed client that is made of the description can be used (API-1).</summary>
public sealed class ClientTests
{
    private static string File =>
        Path.Combine(Repository.Root, "tests/Sidecar.Tests/Api/Client/EscalateClient.Calls.cs");

    [Fact]
    public async Task API_1_The_client_is_what_the_description_makes()
    {
        await using var desk = await Desk.Open();
        using var api = new ApiDesk(desk, null);
        var written = new ClientWriter(await Description.Of(api)).Write();
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            await System.IO.File.WriteAllTextAsync(
                File,
                written,
                TestContext.Current.CancellationToken
            );
        }

        // Line breaks are the formatter's.
        Bare(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))
            .ShouldBe(Bare(written));

        static string Bare(string text) =>
            string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(",)", ")").Replace(",]", "]");
    }
//JOURNEY
}

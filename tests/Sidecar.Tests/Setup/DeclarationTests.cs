using System.Text.Json.Nodes;
using Shouldly;
using Sidecar.Setup;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class DeclarationTests
{
    private static readonly JsonNode Manifest = JsonNode.Parse(
        File.ReadAllText(
            Path.Combine(Sidecar.Tests.Rules.Repository.Root, "plugin-manifest/plugin.json")
        )
    )!;

    [Fact]
    public void The_plugins_version_is_the_sidecars() =>
        Manifest["version"]!.GetValue<string>().ShouldBe(ProductVersion.Current);

    [Fact]
    public void The_program_was_built_with_the_manifest_of_the_repository()
    {
        Declaration.Current.Id.ShouldBe(Manifest["id"]!.GetValue<string>());
        Declaration
            .Current.Props.Commands[0]
            .AutoCompleteHint.ShouldBe(
                Manifest["props"]!["commands"]![0]!["auto_complete_hint"]!.GetValue<string>()
            );
    }

    [Fact]
    public void It_has_a_browser_part_and_no_server_part()
    {
        Manifest["webapp"]!["bundle_path"]!.GetValue<string>().ShouldBe("webapp/dist/main.js");
        Manifest["server"].ShouldBeNull();
        Manifest["min_server_version"]!.GetValue<string>().ShouldBe("10.11.0");
    }

    [Fact]
    public void What_every_user_can_read_names_no_address_and_no_token()
    {
        // One of the commands that the hint names is about tokens.
        var props = Manifest["props"]!
            .ToJsonString()
            .Replace(" | token | ", " | ", StringComparison.Ordinal);

        props.ShouldNotContain("token");
        props.ShouldNotContain("http");
    }
}

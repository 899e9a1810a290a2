using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Panel;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>From an empty server to the first Sev 1 and the first check-in without a command (SET-1, SET-2).</summary>
internal sealed class GuidedSetupFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<GuidedQueries>()
            .Shares<GuidedList>()
            .Shares<GuidedCommands>()
            .Shares<GuidedForms>()
            .Command<ShowSetup>()
            .Action<PressStep, GuidedRef>()
            .Action<TestSev1, GuidedTestRef>()
            .Dialog<TestSev1, GuidedTestRef>()
            .Dialog<GiveRoles, GuidedForm>()
            .Dialog<ChooseChannel, GuidedChannelForm>()
            .Dialog<ChooseDuty, GuidedDutyForm>()
            .Due<LookAtSetup>()
            .Due<GreetInstaller>()
            .Adds<IPanelSetup, SetupInPanel>()
            .Runs<ExpectInstaller>();
}

internal static class GuidedRights
{
    public static Permission SetUp { get; } =
        new("set the product up", Role.Administrator) { IsAskedNow = true };
}

/// <summary><c>/escalate setup</c>: what is set up, what is missing and what that costs, with a button for each step.</summary>
internal sealed class ShowSetup(GuidedList list) : ISlashCommand
{
    public static Permission Permission => GuidedRights.SetUp;

    public static CommandSpec Spec { get; } =
        new("setup", "Set the product up step by step, or see what is missing")
        {
            Examples = ["setup"],
            Details =
                "You get a list by direct message: what is set, what is missing and what that costs, with a button for each step. It is kept current while you work on it. Each step asks for the same rights as the command behind it.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        await list.Show(call.Envelope.User, call.Envelope.Act, GuidedCard.Above, cancel);
        return Reply.Say(
            Markdown.Of(
                $"I have written to you by direct message what is set up and what is missing, with a button for each step."
            )
        );
    }
}

/// <summary>Looks again at a list that somebody works on.</summary>
internal sealed class LookAtSetup(GuidedList list) : IDueTask
{
    public static string Kind => GuidedList.LookAgain;

    public Task Run(DueCall call, CancellationToken cancel) => list.Look(call, cancel);
}

/// <summary>What a button of the list does.</summary>
internal enum GuidedPress
{
    Roles,
    Channel,
    Duty,
    Customer,
    Template,
    Engineer,
    Escalation,
    Look,
    Meeting,
    EndTest,
}

/// <summary>What a button of the list carries.</summary>
internal sealed record GuidedRef(GuidedPress Press);

/// <summary>What the form for roles remembers: nothing.</summary>
internal sealed record GuidedForm;

/// <summary>What the form for a channel remembers: nothing.</summary>
internal sealed record GuidedChannelForm;

/// <summary>What the form for duty remembers: nothing.</summary>
internal sealed record GuidedDutyForm;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(GuidedRef))]
[JsonSerializable(typeof(GuidedForm))]
[JsonSerializable(typeof(GuidedTestRef))]
[JsonSerializable(typeof(GuidedTest))]
[JsonSerializable(typeof(GuidedChannelForm))]
[JsonSerializable(typeof(GuidedDutyForm))]
[JsonSerializable(typeof(GuidedSession))]
[JsonSerializable(typeof(InstallerGreeted))]
internal sealed partial class GuidedJson : JsonSerializerContext;

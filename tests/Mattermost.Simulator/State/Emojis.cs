using System.Collections.Frozen;

namespace Mattermost.Simulator;

/// <summary>
/// The emojis that the stand-in knows: a small part of those that every server has. A reaction with another one is
/// refused as one that is none; whoever needs it adds it here.
/// </summary>
internal static class Emojis
{
    private static readonly FrozenSet<string> Known = (
        "+1 -1 100 alarm_clock ambulance anger angry arrow_down arrow_left arrow_right arrow_up astonished bangbang "
        + "beer bell blue_heart blush bomb book bookmark books boom broken_heart bug bulb bust_in_silhouette calendar "
        + "cake camera card_index chart_with_downwards_trend chart_with_upwards_trend checkered_flag clap clipboard "
        + "clock1 clock12 closed_book cloud coffee cold_sweat collision computer confetti_ball confounded confused "
        + "construction cop cry crying_cat_face dart date disappointed dizzy dog door doughnut ear earth_africa email "
        + "envelope exclamation eye eyes face_palm facepunch fearful file_folder fire fire_engine fist flushed "
        + "four frowning_face gear gift globe_with_meridians green_heart grey_question grin grinning grimacing "
        + "hammer hammer_and_wrench hand handshake hankey heart heart_eyes heavy_check_mark heavy_exclamation_mark "
        + "heavy_multiplication_x heavy_plus_sign hourglass hourglass_flowing_sand hugging_face hushed inbox_tray "
        + "information_source innocent interrobang joy key kissing_heart large_blue_circle laughing leaves link lock "
        + "loop loud_sound loudspeaker mag mailbox medal_sports mega memo microscope mute muscle necktie neutral_face "
        + "new no_bell no_entry no_entry_sign no_mouth nut_and_bolt ok ok_hand one outbox_tray paperclip party_popper "
        + "partying_face pencil pencil2 pensive persevere phone pill pizza point_down point_left point_right point_up "
        + "pray pushpin question rabbit rage rainbow raised_hand raised_hands recycle red_circle relaxed relieved "
        + "repeat rocket roll_eyes rolling_on_the_floor_laughing rotating_light round_pushpin runner sad satisfied "
        + "scream seedling shield ship shipit shrug skull sleeping sleepy slightly_smiling_face smile smiley smirk "
        + "snail snowflake sob sos space_invader sparkles speak_no_evil speech_balloon spiral_calendar star star2 "
        + "stopwatch sunglasses sunny sweat sweat_smile tada telephone telephone_receiver thinking thinking_face three "
        + "thumbsdown thumbsup ticket tired_face toolbox traffic_light triangular_flag_on_post triumph trophy truck "
        + "turtle two umbrella unamused unlock up upside_down_face v vertical_traffic_light warning wastebasket "
        + "watch wave wavy_dash weary white_check_mark white_circle white_flag wink woman_shrugging worried wrench x "
        + "yellow_heart yum zap zzz"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(string name) => Known.Contains(name);
}

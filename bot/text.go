package bot

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"reflect"
	"strings"

	"skindesk/faq"
)

//go:embed text/*.json
var textFiles embed.FS

// words are the bot's sentences in one language. They are Telegram's HTML; {name} stands for a value, which fill escapes.
type words struct {
	lang faq.Language

	// Names of the languages, as this language says them.
	English   string `json:"english"`
	RomanUrdu string `json:"roman_urdu"`
	Urdu      string `json:"urdu"`

	// The first words, and the commands.
	Welcome        string `json:"welcome"` // {clinic}
	ClinicUnnamed  string `json:"clinic_unnamed"`
	Help           string `json:"help"`
	Privacy        string `json:"privacy"`
	LanguageAsk    string `json:"language_ask"`
	LanguageSet    string `json:"language_set"`
	UnknownCommand string `json:"unknown_command"`
	Topics         string `json:"topics"`
	Topic          string `json:"topic"` // {topic}
	NoTopics       string `json:"no_topics"`

	// Around an answer.
	About      string `json:"about"`       // {title}
	OnlyIn     string `json:"only_in"`     // {language}
	Clinical   string `json:"clinical"`    // under clinical entries
	Reviewed   string `json:"reviewed"`    // {date}
	Months     string `json:"months"`      // January to December, with spaces between
	Weekdays   string `json:"weekdays"`    // Sunday to Saturday
	DayParts   string `json:"day_parts"`   // morning, afternoon, evening, night, after midnight
	Clock      string `json:"clock"`       // {time} {part}
	ClockShort string `json:"clock_short"` // likewise, on a button and in a span
	Comma      string `json:"comma"`
	JustNow    string `json:"just_now"`
	MinutesAgo string `json:"minutes_ago"` // {n}
	HoursAgo   string `json:"hours_ago"`   // {n}
	DaysAgo    string `json:"days_ago"`    // {n}
	Choose     string `json:"choose"`
	ChooseToo  string `json:"choose_too"` // beside an answer
	NotMeant   string `json:"not_meant"`
	Unknown    string `json:"unknown"` // {question}
	UnknownNo  string `json:"unknown_no_question"`
	Again      string `json:"unknown_again"` // the second time in a row
	TryWords   string `json:"try_words"`
	Same       string `json:"same"` // {title}
	Long       string `json:"long"`
	EditLate   string `json:"edit_late"`
	Flood      string `json:"flood"`
	Setup      string `json:"setup"`
	Unread     string `json:"unread"` // {case}
	UnreadNo   string `json:"unread_no_case"`

	// Asking the clinic.
	AskWords string `json:"ask_words"`
	AskThis  string `json:"ask_this"` // {words}
	Review   string `json:"review"`   // {words}
	Consent  string `json:"consent"`
	Sent     string `json:"sent"` // {case}
	SentTell string `json:"sent_tell"`
	PassedOn string `json:"passed_on"`
	Relay    string `json:"relay"` // {case}
	ReplyTip string `json:"reply_tip"`
	TalkOver string `json:"talk_over"` // {case}

	// A wish for a visit.
	BookTitle           string `json:"book_title"`
	BookChangeTitle     string `json:"book_change_title"` // {case}
	BookTreatment       string `json:"book_treatment"`
	BookDay             string `json:"book_day"`
	BookWhichDay        string `json:"book_which_day"`
	BookPart            string `json:"book_part"`
	BookName            string `json:"book_name"`
	BookPhone           string `json:"book_phone"`
	BookKeys            string `json:"book_keys"`
	BookNote            string `json:"book_note"`
	BookNoteAgain       string `json:"book_note_again"` // {note}
	BookIntake          string `json:"book_intake"`     // {n} {all} {question}
	BookBefore          string `json:"book_before"`     // {answer}
	BookCheck           string `json:"book_check"`
	BookGivesUp         string `json:"book_gives_up"` // {when}
	BookSettled         string `json:"book_settled"`
	BookKept            string `json:"book_kept"`
	StartKept           string `json:"start_kept"`
	BookNudge           string `json:"book_nudge"`
	BookAlready         string `json:"book_already"`
	BookNoted           string `json:"book_noted"`
	BookReadBack        string `json:"book_read_back"` // {value}
	DayNone             string `json:"day_none"`
	DayMonth            string `json:"day_month"` // {month}
	DayNoSuch           string `json:"day_no_such"`
	DayPassed           string `json:"day_passed"`       // {day}
	DayPassedMonth      string `json:"day_passed_month"` // {day} {month}
	DayClosed           string `json:"day_closed"`       // {day}
	DayClosedFor        string `json:"day_closed_for"`   // {day} {why}
	DayOver             string `json:"day_over"`         // {day}
	DayTooFar           string `json:"day_too_far"`      // {day} {n}
	PartGone            string `json:"part_gone"`
	PartClosed          string `json:"part_closed"`
	PartNone            string `json:"part_none"`
	NameUnclear         string `json:"name_unclear"`
	TreatmentUnclear    string `json:"treatment_unclear"`
	PhoneForeign        string `json:"phone_foreign"` // {phone}
	BookSent            string `json:"book_sent"`     // {case} {by}
	BookChanged         string `json:"book_changed"`  // {case}
	BookComeLater       string `json:"book_come_later"`
	VisitNone           string `json:"visit_none"`
	VisitOpen           string `json:"visit_open"`        // {case}
	VisitRequested      string `json:"visit_requested"`   // {case}
	VisitProposed       string `json:"visit_proposed"`    // {case}
	VisitConfirmed      string `json:"visit_confirmed"`   // {case} {when}
	VisitCame           string `json:"visit_came"`        // {case}
	VisitNoShow         string `json:"visit_no_show"`     // {case}
	VisitDeclined       string `json:"visit_declined"`    // {case}
	VisitCancelled      string `json:"visit_cancelled"`   // {case}
	VisitExpired        string `json:"visit_expired"`     // {case}
	VisitCancelSure     string `json:"visit_cancel_sure"` // {case}
	VisitCancelDone     string `json:"visit_cancel_done"` // {case}
	VisitKept           string `json:"visit_kept"`        // {case}
	StatusNewer         string `json:"status_newer"`
	VisitTooLate        string `json:"visit_too_late"` // {case}
	VisitCall           string `json:"visit_call"`     // {phone}
	VisitWantsChange    string `json:"visit_wants_change"`
	VisitWantsCancel    string `json:"visit_wants_cancel"`
	VisitNoneFits       string `json:"visit_none_fits"`  // {case}
	VisitOfferOver      string `json:"visit_offer_over"` // {case}
	FieldTreatment      string `json:"field_treatment"`
	FieldDay            string `json:"field_day"`
	FieldPart           string `json:"field_part"`
	FieldName           string `json:"field_name"`
	FieldPhone          string `json:"field_phone"`
	FieldNote           string `json:"field_note"`
	FieldFemale         string `json:"field_female"`
	FieldIntake         string `json:"field_intake"`
	FieldWords          string `json:"field_words"`
	ValueNotSure        string `json:"value_not_sure"`
	ValueAnyDay         string `json:"value_any_day"`
	ValueAnyPart        string `json:"value_any_part"`
	ValueMorning        string `json:"value_morning"`
	ValueAfternoon      string `json:"value_afternoon"`
	ValueEvening        string `json:"value_evening"`
	ValueBeforePrayer   string `json:"value_before_prayer"`
	ValueAfterPrayer    string `json:"value_after_prayer"`
	ValueHereOnly       string `json:"value_here_only"`
	ValueAnswered       string `json:"value_answered"` // {n} {all}
	ValueEnding         string `json:"value_ending"`   // {end}
	ValueFromTo         string `json:"value_from_to"`  // {part} {from} {to}
	ButtonOtherDay      string `json:"button_other_day"`
	ButtonYes           string `json:"button_yes"`
	ButtonNo            string `json:"button_no"`
	ButtonSkipAll       string `json:"button_skip_all"`
	ButtonLeave         string `json:"button_leave"`
	ButtonLeaveRest     string `json:"button_leave_rest"`
	ButtonTakeOut       string `json:"button_take_out"`
	ButtonFemale        string `json:"button_female"`
	ButtonSendRequest   string `json:"button_send_request"`
	ButtonSendChange    string `json:"button_send_change"`
	ButtonChange        string `json:"button_change"`
	ButtonOtherTime     string `json:"button_other_time"`
	ButtonCancelRequest string `json:"button_cancel_request"`
	ButtonCancelVisit   string `json:"button_cancel_visit"`
	ButtonCancelYes     string `json:"button_cancel_yes"`
	ButtonCancelNo      string `json:"button_cancel_no"`
	ButtonNoneFits      string `json:"button_none_fits"`
	ButtonTypeOther     string `json:"button_type_other"`
	ButtonMyBooking     string `json:"button_my_booking"`
	CommandSeason       string `json:"command_season"`
	CommandMyBooking    string `json:"command_my_booking"`
	SeasonHelp          string `json:"season_help"` // {names}
	SeasonLine          string `json:"season_line"` // {name} {from} {to}
	SeasonNone          string `json:"season_none"`
	SeasonUnknown       string `json:"season_unknown"`   // {name}
	SeasonNotBegun      string `json:"season_not_begun"` // {name}
	SeasonBadDay        string `json:"season_bad_day"`
	SeasonSet           string `json:"season_set"`  // {name} {from} {to}
	SeasonTeam          string `json:"season_team"` // {name} {from} {to}
	SeasonNotAdmin      string `json:"season_not_admin"`
	TapChosen           string `json:"tap_chosen"` // {case}
	DayHow              string `json:"day_how"`
	KeysAway            string `json:"keys_away"`

	PhoneUnclear string `json:"phone_unclear"`
	PhoneNotOwn  string `json:"phone_not_own"`
	PhoneKept    string `json:"phone_kept"` // {end}
	PhoneNone    string `json:"phone_none"`

	// A form that is interrupted.
	FormKept     string `json:"form_kept"`
	FormDropped  string `json:"form_dropped"`
	NothingToEnd string `json:"nothing_to_end"`

	// What is not text.
	Voice     string `json:"voice"`
	File      string `json:"file"`
	FilesSent string `json:"files_sent"` // {case}
	Sticker   string `json:"sticker"`
	Place     string `json:"place"`

	// A red flag.
	Urgent        string `json:"urgent"`       // {emergency}
	UrgentSelf    string `json:"urgent_self"`  // {emergency}; to somebody who may harm themselves
	UrgentShort   string `json:"urgent_short"` // {emergency}
	UrgentTold    string `json:"urgent_told"`  // {case}
	UrgentAgain   string `json:"urgent_again"` // {case}
	UrgentPhone   string `json:"urgent_phone"` // {phone}, the clinic's
	Emergency     string `json:"emergency"`    // {number}
	EmergencyAny  string `json:"emergency_any"`
	CallAsk       string `json:"call_ask"`
	CallNoted     string `json:"call_noted"` // {end}
	CallBackNever string `json:"call_never"`
	Fine          string `json:"fine"`

	// The small notices that a tap is answered with.
	TapSent    string `json:"tap_sent"`     // {case}
	TapSentNow string `json:"tap_sent_now"` // {case}
	TapGone    string `json:"tap_gone"`
	TapDropped string `json:"tap_dropped"`
	TapUnknown string `json:"tap_unknown"`
	TapOther   string `json:"tap_other"`
	TapChanged string `json:"tap_changed"`

	// The finer conversation.
	ButtonHelpful    string `json:"button_helpful"`
	ButtonNotHelpful string `json:"button_not_helpful"`
	ButtonType       string `json:"button_type"`
	HelpfulThanks    string `json:"helpful_thanks"`
	NotHelpful       string `json:"not_helpful"`
	NotHelpfulTeam   string `json:"not_helpful_team"` // {case}
	TapRated         string `json:"tap_rated"`
	TapPicked        string `json:"tap_picked"` // {title}
	TapRepeat        string `json:"tap_repeat"`
	OtherLanguage    string `json:"other_language"`
	AskType          string `json:"ask_type"`
	FileMore         string `json:"file_more"` // {count}
	FileFull         string `json:"file_full"` // {count}
	Quiet            string `json:"quiet"`
	Muted            string `json:"muted"`
	EditPassed       string `json:"edit_passed"` // {case}
	PromiseSoon      string `json:"promise_soon"`
	PromiseBy        string `json:"promise_by"`     // {when}
	PromiseClosed    string `json:"promise_closed"` // {opens} {when}

	// What the clinic has said of itself.
	FactOpen      string `json:"fact_open"`       // {until}
	FactClosedNow string `json:"fact_closed_now"` // {opens}
	FactDay       string `json:"fact_day"`        // {day} {hours}
	FactSpan      string `json:"fact_span"`       // {from} {to}
	FactClosed    string `json:"fact_closed"`
	FactClosedFor string `json:"fact_closed_for"` // {name}
	FactZone      string `json:"fact_zone"`
	FactAddress   string `json:"fact_address"` // {clinic} {address}
	FactMap       string `json:"fact_map"`
	FactPhone     string `json:"fact_phone"` // {phone}

	// Labels of buttons.
	ButtonTopics    string `json:"button_topics"`
	ButtonBook      string `json:"button_book"`
	ButtonClinic    string `json:"button_clinic"`
	ButtonAsk       string `json:"button_ask"`
	ButtonNotMeant  string `json:"button_not_meant"`
	ButtonNone      string `json:"button_none"`
	ButtonTry       string `json:"button_try"`
	ButtonLanguage  string `json:"button_language"`
	ButtonSend      string `json:"button_send"`
	ButtonSendAsIs  string `json:"button_send_as_is"`
	ButtonPass      string `json:"button_pass"`
	ButtonCancel    string `json:"button_cancel"`
	ButtonSkip      string `json:"button_skip"`
	ButtonSharePh   string `json:"button_share_phone"`
	ButtonHereOnly  string `json:"button_here_only"`
	ButtonCallMe    string `json:"button_call_me"`
	ButtonFine      string `json:"button_fine"`
	ButtonContinue  string `json:"button_continue"`
	ButtonAskFirst  string `json:"button_ask_first"`
	ButtonStartOver string `json:"button_start_over"`
	ButtonBack      string `json:"button_back"`
	ButtonMore      string `json:"button_more"`

	// What can be sent beside text, on a card.
	LabelPhoto    string `json:"label_photo"`
	LabelVoice    string `json:"label_voice"`
	LabelVideo    string `json:"label_video"`
	LabelAudio    string `json:"label_audio"`
	LabelDocument string `json:"label_document"`
	LabelOther    string `json:"label_other"`

	// What the menu of commands says.
	CommandTopics   string `json:"command_topics"`
	CommandBook     string `json:"command_book"`
	CommandClinic   string `json:"command_clinic"`
	CommandLanguage string `json:"command_language"`
	CommandPrivacy  string `json:"command_privacy"`
	CommandHelp     string `json:"command_help"`
	CommandCancel   string `json:"command_cancel"`

	// What only the team's and the admins' menus say.
	CommandTeamHelp string `json:"command_team_help"`
	CommandOpen     string `json:"command_open"`
	CommandToday    string `json:"command_today"`
	CommandInvite   string `json:"command_invite"`
	CommandTeam     string `json:"command_team"`
	CommandHere     string `json:"command_here"`
	CommandFAQ      string `json:"command_faq"`
	CommandStats    string `json:"command_stats"`

	// The staff group.
	CardQuestion    string `json:"card_question"` // {case}
	CardBooking     string `json:"card_booking"`  // {case}
	CardVisit       string `json:"card_visit"`    // {case}; once it is decided
	CardUrgent      string `json:"card_urgent"`   // {case}
	CardFrom        string `json:"card_from"`     // {name} {language}
	CardTopic       string `json:"card_topic"`    // {title}
	CardSaid        string `json:"card_said"`
	CardPhone       string `json:"card_phone"` // {phone}
	CardNoPhone     string `json:"card_no_phone"`
	CardMore        string `json:"card_more"`
	CardPatient     string `json:"card_patient"`
	CardTeam        string `json:"card_team"`
	CardCorrected   string `json:"card_corrected"`
	CardEarlier     string `json:"card_earlier"` // {count}
	CardOpen        string `json:"card_open"`
	CardRequested   string `json:"card_requested"`
	CardAnswered    string `json:"card_answered"`
	CardWrote       string `json:"card_wrote"`
	CardClosed      string `json:"card_closed"`
	CardUnreachable string `json:"card_unreachable"`
	CardHint        string `json:"card_hint"`
	CardUnread      string `json:"card_unread"`
	CardNoWords     string `json:"card_no_words"`
	ButtonDone      string `json:"button_done"`
	StaffAdds       string `json:"staff_adds"`      // {case} {name}
	StaffCorrects   string `json:"staff_corrects"`  // {case} {name}
	StaffDelivered  string `json:"staff_delivered"` // {case}
	StaffFailed     string `json:"staff_failed"`    // {case}
	StaffBlocked    string `json:"staff_blocked"`   // {case}
	StaffNoCopy     string `json:"staff_no_copy"`   // {case}
	StaffStranger   string `json:"staff_stranger"`
	StaffAnonymous  string `json:"staff_anonymous"`
	StaffUnseen     string `json:"staff_unseen"`
	StaffFile       string `json:"staff_file"`
	StaffNoCase     string `json:"staff_no_case"`
	StaffUnsendable string `json:"staff_unsendable"`
	StaffHelp       string `json:"staff_help"`
	StaffUnread     string `json:"staff_unread"`
	StaffRepeat     string `json:"staff_repeat"` // {case}

	// The finer conversation, for the team and the admin.
	CardCallMe     string `json:"card_call_me"` // {phone}, masked
	CardFine       string `json:"card_fine"`
	CardNotHelpful string `json:"card_not_helpful"`

	// A case whole, under its card.
	ButtonWhole     string `json:"button_whole"`
	CardWhole       string `json:"card_whole"` // {case}
	StaffRegrouped  string `json:"staff_regrouped"`
	StaffNewGroup   string `json:"staff_new_group"`
	StaffNotTold    string `json:"staff_not_told"`
	StaffElsewhere  string `json:"staff_elsewhere"`
	StaffBack       string `json:"staff_back"`        // {from} {to}
	StaffLost       string `json:"staff_lost"`        // {when}
	AlarmAnswer     string `json:"alarm_answer"`      // {chat} {reason}
	TapClosed       string `json:"tap_closed"`        // {case}
	TapNotStaff     string `json:"tap_not_staff"`     //
	TapCaseChanged  string `json:"tap_case_changed"`  // {case}
	TapCaseNotFound string `json:"tap_case_notfound"` //

	// A visit with an hour.
	ClinicTime     string `json:"clinic_time"`
	HourSettled    string `json:"hour_settled"` // {case}
	HourMoved      string `json:"hour_moved"`   // {case}
	HourOff        string `json:"hour_off"`     // {case} {when}
	HourNone       string `json:"hour_none"`    // {case}
	HourElse       string `json:"hour_else"`
	Bring          string `json:"bring"` // {what}
	Map            string `json:"map"`
	ChangeHere     string `json:"change_here"`
	ChangeUntil    string `json:"change_until"` // {until}
	ChangeCall     string `json:"change_call"`  // {phone}
	ChangeWrite    string `json:"change_write"`
	CalendarTitle  string `json:"calendar_title"` // {clinic}
	CalendarLength string `json:"calendar_length"`
	CalendarAdd    string `json:"calendar_add"`
	CalendarRemove string `json:"calendar_remove"`
	RemindToday    string `json:"remind_today"`    // {clinic} {day} {time} {zone}
	RemindTomorrow string `json:"remind_tomorrow"` // {clinic} {day} {time} {zone}
	RemindOn       string `json:"remind_on"`       // {clinic} {day} {time} {zone}
	Coming         string `json:"coming"`
	RequestOver    string `json:"request_over"` // {case}
	PromiseOver    string `json:"promise_over"` // {case}

	// After a visit.
	Missed          string `json:"missed"` // {clinic}
	Came            string `json:"came"`   // {clinic} {days}
	StayYes         string `json:"stay_yes"`
	StayNo          string `json:"stay_no"`
	Stopped         string `json:"stopped"`
	AnswerAdded     string `json:"answer_added"`  // {words}
	CheckInNext     string `json:"check_in_next"` // {clinic}
	CheckIn         string `json:"check_in"`      // {clinic} {days}
	TipHead         string `json:"tip_head"`
	Well            string `json:"well"`
	Signs           string `json:"signs"`
	Worried         string `json:"worried"`     // {case}
	Maintenance     string `json:"maintenance"` // {clinic}
	ButtonComing    string `json:"button_coming"`
	ButtonAgain     string `json:"button_again"`
	ButtonStayYes   string `json:"button_stay_yes"`
	ButtonStayNo    string `json:"button_stay_no"`
	ButtonWell      string `json:"button_well"`
	ButtonWorried   string `json:"button_worried"`
	ButtonStop      string `json:"button_stop"`
	ButtonTell      string `json:"button_tell"`
	ButtonTold      string `json:"button_told"` // the same, chosen
	ButtonSignsYes  string `json:"button_signs_yes"`
	ButtonSignsNo   string `json:"button_signs_no"`
	TapComing       string `json:"tap_coming"`
	TapVisitChanged string `json:"tap_visit_changed"`
	TapThanks       string `json:"tap_thanks"`
	TapStopped      string `json:"tap_stopped"`

	// What the team is told when a time has come.
	StaffLease       string `json:"staff_lease"`        // {case}
	StaffOfferOver   string `json:"staff_offer_over"`   // {case}
	StaffPromise     string `json:"staff_promise"`      // {case}
	StaffExpired     string `json:"staff_expired"`      // {case}
	StaffUrgentAgain string `json:"staff_urgent_again"` // {case} {ago}
	OnCall           string `json:"on_call"`            // {case} {ago}
	CallLate         string `json:"call_late"`          // {case} {name} {when}
	CallClosed       string `json:"call_closed"`        // {case} {name} {when}
	CallUnreachable  string `json:"call_unreachable"`   // {case} {name} {when}
	CallFailed       string `json:"call_failed"`        // {case} {name} {when}
	MorningHead      string `json:"morning_head"`       // {day}
	ClosingHead      string `json:"closing_head"`
	ListVisits       string `json:"list_visits"`
	ListSilent       string `json:"list_silent"`
	ListCall         string `json:"list_call"`
	ListWaiting      string `json:"list_waiting"`
	ListUnknown      string `json:"list_unknown"`
	ListMore         string `json:"list_more"` // {count}
	ListComing       string `json:"list_coming"`
	ClashHead        string `json:"clash_head"`
	ClashLine        string `json:"clash_line"` // {case} {name} {when} {instead}
	ClashNone        string `json:"clash_none"`
	ClashHint        string `json:"clash_hint"`
	ClashAsked       string `json:"clash_asked"` // {count}
	ButtonInstead    string `json:"button_instead"`
	TapNobodyLeft    string `json:"tap_nobody_left"`
	CardCall         string `json:"card_call"`
	CardAfter        string `json:"card_after"`
	CardNext         string `json:"card_next"` // {day}
	NextAsk          string `json:"next_ask"`
	NextMonths       string `json:"next_months"` // {n}
	NextNever        string `json:"next_never"`
	NextOther        string `json:"next_other"`
	NextMonth        string `json:"next_month"`
	NextDay          string `json:"next_day"`
	ButtonNext       string `json:"button_next"`
	TapNext          string `json:"tap_next"`
	WorriedWords     string `json:"worried_words"` // {days} {case}
	SignsWords       string `json:"signs_words"`   // {days} {case}
	// The staff desk.
	CardSince         string `json:"card_since"`  // {when}
	CardHolder        string `json:"card_holder"` // {name} {when}
	CardLapsed        string `json:"card_lapsed"` // {name}
	CardTalking       string `json:"card_talking"`
	CardProposed      string `json:"card_proposed"`  // {times}
	CardConfirmed     string `json:"card_confirmed"` // {when}
	CardCame          string `json:"card_came"`      // {when}
	CardNoShow        string `json:"card_no_show"`   // {when}
	CardDeclined      string `json:"card_declined"`  // {reason}
	CardCancelled     string `json:"card_cancelled"`
	CardCalledOff     string `json:"card_called_off"` // {reason}
	CardExpired       string `json:"card_expired"`
	CardTreatment     string `json:"card_treatment"` // {name}
	CardWish          string `json:"card_wish"`      // {wish}
	CardWas           string `json:"card_was"`       // {when}
	CardFemale        string `json:"card_female"`
	CardNote          string `json:"card_note"`   // {note}
	CardIntake        string `json:"card_intake"` // {question} {answer}
	CardRecent        string `json:"card_recent"` // {when}
	CardMuted         string `json:"card_muted"`  // {when}
	CardWishAnswer    string `json:"card_wish_answer"`
	CardWithdrawn     string `json:"card_withdrawn"`
	CardAmended       string `json:"card_amended"`
	CardHintFree      string `json:"card_hint_free"`
	TreatmentUnsure   string `json:"treatment_unsure"`
	DayAny            string `json:"day_any"`
	PartAny           string `json:"part_any"`
	PartMorning       string `json:"part_morning"`
	PartAfternoon     string `json:"part_afternoon"`
	PartEvening       string `json:"part_evening"`
	PartBeforePrayer  string `json:"part_before_prayer"`
	PartAfterPrayer   string `json:"part_after_prayer"`
	ButtonTake        string `json:"button_take"`
	ButtonTakeCase    string `json:"button_take_case"` // {case}
	ButtonHandBack    string `json:"button_hand_back"`
	ButtonPropose     string `json:"button_propose"`
	ButtonProposeSend string `json:"button_propose_send"`
	ButtonConfirm     string `json:"button_confirm"`
	ButtonReply       string `json:"button_reply"`
	ButtonPhone       string `json:"button_phone"`
	ButtonDecline     string `json:"button_decline"`
	ButtonCallOff     string `json:"button_call_off"`
	ButtonCame        string `json:"button_came"`
	ButtonNoShow      string `json:"button_no_show"`
	ButtonMute        string `json:"button_mute"`
	ButtonUnmute      string `json:"button_unmute"`
	ButtonWithdraw    string `json:"button_withdraw"`
	ButtonGive        string `json:"button_give"`
	ButtonTalkOver    string `json:"button_talk_over"`
	ButtonTakeSend    string `json:"button_take_send"`
	ButtonDiscard     string `json:"button_discard"`
	ButtonRemove      string `json:"button_remove"` // {name}
	ButtonRemoveYes   string `json:"button_remove_yes"`
	HoursDay          string `json:"hours_day"`
	HoursHour         string `json:"hours_hour"`    // {day}
	HoursChosen       string `json:"hours_chosen"`  // {times}
	HoursConfirm      string `json:"hours_confirm"` // {day}
	HoursNone         string `json:"hours_none"`
	ReasonAsk         string `json:"reason_ask"`
	ReasonLine        string `json:"reason_line"` // {reason}
	ReasonFull        string `json:"reason_full"`
	ReasonClosed      string `json:"reason_closed"`
	ReasonAway        string `json:"reason_away"`
	ReasonNotOffered  string `json:"reason_not_offered"`
	ReasonCall        string `json:"reason_call"`
	ReasonOther       string `json:"reason_other"`
	GiveAsk           string `json:"give_ask"`
	ReplyHow          string `json:"reply_how"`
	ReplyReady        string `json:"reply_ready"`
	StaffTooLong      string `json:"staff_too_long"` // {limit}
	StaffJoined       string `json:"staff_joined"`
	StaffOnly         string `json:"staff_only"`
	TeamInGroup       string `json:"team_in_group"`       // {command}
	StaffEditLate     string `json:"staff_edit_late"`     // {case}
	StaffNotAmended   string `json:"staff_not_amended"`   // {case}
	StaffNotWithdrawn string `json:"staff_not_withdrawn"` // {case}
	StaffChanged      string `json:"staff_changed"`       // {case} {name} {wish}
	StaffPicked       string `json:"staff_picked"`        // {case} {name} {state}
	StaffNoneFits     string `json:"staff_none_fits"`     // {case} {name}
	StaffCancelled    string `json:"staff_cancelled"`     // {case} {name}
	AskToTake         string `json:"ask_to_take"`         // {case}
	AskToTakeHeld     string `json:"ask_to_take_held"`    // {case} {name} {ago}
	OpenHead          string `json:"open_head"`           // {count}
	OpenNone          string `json:"open_none"`
	TodayHead         string `json:"today_head"`      // {day} {count}
	TodayNone         string `json:"today_none"`      // {day}
	ListRest          string `json:"list_rest"`       // {count}
	JoinedHead        string `json:"joined_head"`     // {count}
	GivenHint         string `json:"given_hint"`      // {case}
	TapTaken          string `json:"tap_taken"`       // {case}
	TapHeld           string `json:"tap_held"`        // {case} {name} {ago}
	TapHandedBack     string `json:"tap_handed_back"` // {case}
	TapTakeFirst      string `json:"tap_take_first"`  // {case}
	TapWasDecided     string `json:"tap_was_decided"` // {case} {state}
	TapNotAdmin       string `json:"tap_not_admin"`
	TapTimes          string `json:"tap_times"`
	TapTooEarly       string `json:"tap_too_early"`
	TapProposed       string `json:"tap_proposed"`   // {case}
	TapConfirmed      string `json:"tap_confirmed"`  // {case}
	TapDeclined       string `json:"tap_declined"`   // {case}
	TapCalledOff      string `json:"tap_called_off"` // {case}
	TapCame           string `json:"tap_came"`       // {case}
	TapNoShow         string `json:"tap_no_show"`    // {case}
	TapMuted          string `json:"tap_muted"`      // {case}
	TapUnmuted        string `json:"tap_unmuted"`    // {case}
	TapWithdrawn      string `json:"tap_withdrawn"`  // {case}
	TapGiven          string `json:"tap_given"`      // {case}
	TapPhone          string `json:"tap_phone"`      // {name} {phone}
	TapNoPhone        string `json:"tap_no_phone"`
	TapReplied        string `json:"tap_replied"` // {case}
	TapDiscarded      string `json:"tap_discarded"`
	TapReplyGone      string `json:"tap_reply_gone"`
	TapTalkOver       string `json:"tap_talk_over"` // {case}
	TapNotOnTeam      string `json:"tap_not_on_team"`
	TapBySettings     string `json:"tap_by_settings"`
	TapRemoved        string `json:"tap_removed"` // {name}
	TalkBegins        string `json:"talk_begins"`
	Offered           string `json:"offered"`      // {case}
	OfferedMove       string `json:"offered_move"` // {case} {when}
	OfferUntil        string `json:"offer_until"`  // {when}
	Invite            string `json:"invite"`       // {link} {until}
	Joined            string `json:"joined"`
	JoinAlready       string `json:"join_already"`
	JoinNo            string `json:"join_no"`
	TeamJoined        string `json:"team_joined"` // {name}
	Team              string `json:"team"`
	TeamAdmin         string `json:"team_admin"`    // {name}
	TeamSettings      string `json:"team_settings"` // {name}
	TeamStaff         string `json:"team_staff"`    // {name}
	TeamNameless      string `json:"team_nameless"` // {id}
	TeamHint          string `json:"team_hint"`
	TeamNotIn         string `json:"team_not_in"`
	RemoveAsk         string `json:"remove_ask"` // {name}
	Removed           string `json:"removed"`    // {name}
	TeamAway          string `json:"team_away"`  // {name}

	// The admin.
	Here          string `json:"here"` // {id}
	SetupAdmin    string `json:"setup_admin"`
	GroupMoved    string `json:"group_moved"`
	AlarmUpdate   string `json:"alarm_update"`  // {seq} {reason}
	AlarmCard     string `json:"alarm_card"`    // {case} {reason}
	AlarmOnCall   string `json:"alarm_on_call"` // {name} {case} {reason}
	OnCallOff     string `json:"on_call_off"`
	OnCallMute    string `json:"on_call_mute"`
	AlarmNotice   string `json:"alarm_notice"` // {notice} {reason}
	AlarmGroup    string `json:"alarm_group"`
	AlarmToken    string `json:"alarm_token"`
	AlarmConflict string `json:"alarm_conflict"`
	AlarmDisk     string `json:"alarm_disk"`
	AlarmOther    string `json:"alarm_other"` // {what}

	// What the admin asks for, and is told of faq.json.
	AdminOnly          string `json:"admin_only"`
	AdminPrivate       string `json:"admin_private"`
	FAQHelp            string `json:"faq_help"`
	FAQNone            string `json:"faq_none"`
	FAQNow             string `json:"faq_now"`    // {n} {when} {by} {counts}
	FAQCounts          string `json:"faq_counts"` // {entries} {wordings}
	FAQByFile          string `json:"faq_by_file"`
	FAQSameAs          string `json:"faq_same_as"` // {n}
	FAQDiskFaulty      string `json:"faq_disk_faulty"`
	FAQDiskGone        string `json:"faq_disk_gone"`
	FAQPublished       string `json:"faq_published"` // {n}
	FAQAdded           string `json:"faq_added"`     // {count} {ids}
	FAQChanged         string `json:"faq_changed"`   // {count} {ids}
	FAQRemoved         string `json:"faq_removed"`   // {count} {ids}
	FAQMoved           string `json:"faq_moved"`     // {count}
	FAQOther           string `json:"faq_other"`
	FAQSameWords       string `json:"faq_same_words"`
	FAQWarnings        string `json:"faq_warnings"`  // {count}
	FAQFaulty          string `json:"faq_faulty"`    // {count} {n}
	FAQInOrder         string `json:"faq_in_order"`  // {n}
	FAQGone            string `json:"faq_gone"`      // {n}
	FAQUndone          string `json:"faq_undone"`    // {n} {was}
	FAQUndoneBy        string `json:"faq_undone_by"` // {name}
	FAQFirst           string `json:"faq_first"`     // {n}
	FAQStale           string `json:"faq_stale"`     // {n}
	FAQBusy            string `json:"faq_busy"`
	FAQFileBack        string `json:"faq_file_back"` // {n}
	FAQAside           string `json:"faq_aside"`     // {name}
	FAQMisfits         string `json:"faq_misfits"`   // {n}
	FAQUnwritten       string `json:"faq_unwritten"` // {reason}
	FAQEditedMeanwhile string `json:"faq_edited_meanwhile"`
	ButtonUndo         string `json:"button_undo"`

	// The statistics.
	StatsNone   string `json:"stats_none"`
	StatsToday  string `json:"stats_today"`
	StatsWeek   string `json:"stats_week"`
	StatsLine   string `json:"stats_line"`   // {asked} {answered} {offered} {chosen} {staff} {unknown}
	StatsMore   string `json:"stats_more"`   // {cases} {visits} {urgent} {wrong} {none} {helpful} {not}
	StatsTopics string `json:"stats_topics"` // {list}
	StatsCodes  string `json:"stats_codes"`  // {list}
	StatsVain   string `json:"stats_vain"`
	StatsPeople string `json:"stats_people"` // {count}
}

// Texts returns every sentence that the bot itself can say in a language, by its key. What the clinic says stands in faq.json.
func Texts(l faq.Language) (map[string]string, error) {
	data, err := textFiles.ReadFile("text/" + string(l) + ".json")
	if err != nil {
		return nil, fmt.Errorf("texts in %q: %w", l, err)
	}
	all := map[string]string{}
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("texts in %q: %w", l, err)
	}
	return all, nil
}

// loadWords reads the sentences of every language. A sentence that is missing, or one that no code says, is an error.
func loadWords() (map[faq.Language]*words, error) {
	all := make(map[faq.Language]*words, len(faq.Languages))
	for _, l := range faq.Languages {
		data, err := textFiles.ReadFile("text/" + string(l) + ".json")
		if err != nil {
			return nil, fmt.Errorf("texts in %q: %w", l, err)
		}
		w := &words{lang: l}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(w); err != nil {
			return nil, fmt.Errorf("texts in %q: %w", l, err)
		}
		if missing := w.missing(); len(missing) > 0 {
			return nil, fmt.Errorf("texts in %q: missing %s", l, strings.Join(missing, ", "))
		}
		w.direct()
		all[l] = w
	}
	return all, nil
}

// missing lists the keys of the sentences that are empty.
func (w *words) missing() []string {
	var keys []string
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if v.Field(i).String() == "" {
			keys = append(keys, v.Type().Field(i).Tag.Get("json"))
		}
	}
	return keys
}

// language returns what a language is called.
func (w *words) language(l faq.Language) string {
	switch l {
	case faq.RomanUrdu:
		return w.RomanUrdu
	case faq.Urdu:
		return w.Urdu
	}
	return w.English
}

// fill puts values into a sentence: pairs of name and value. Values are plain text and are escaped here.
func fill(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i], pairs[i+1] = "{"+pairs[i]+"}", escape(within(sentence, pairs[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// spell is fill for where no markup is read: a small notice.
func spell(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i], pairs[i+1] = "{"+pairs[i]+"}", within(sentence, pairs[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// escape makes foreign text safe to stand in Telegram's HTML. It is the only way for text that is not ours.
func escape(text string) string { return html.EscapeString(text) }

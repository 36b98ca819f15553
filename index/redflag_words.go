package index

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// concept is one thing that can be said in many words. Terms are parted by commas; a term may have several words. English and
// Urdu terms match as written (English ones of six letters and more with one slip), Roman Urdu ones in any spelling that has
// the same soft key; with a ^ before a word, the same skeleton is enough.
type concept struct{ name, en, roman, urdu string }

// The concepts that say how something is meant. They stand first in alarmConcepts, in this order.
const (
	notBefore = iota
	notAfter
	notRightBefore
	notWithin
	barrier
	ending
	over
	hypothesis
	future
	past
	wasThen
	general
	atTimes
	rumour
	hearsay
	ongoing
	underWay
	theirs
	dated
	strongly
	afterwards
	copula
	lastMark = copula
)

const (
	opensModal = lastMark + 1 + iota
	opensPlain
	opensUrdu
	opensWhen
	polite
	figure
	anotherThing
	goods
)

var alarmConcepts = []concept{
	// How it is meant.
	{"not before", `no, not, without, never, dont have, do not have, dont get, didnt, doesnt, doesnt have, havent, hasnt, isnt, arent, aint, wasnt, werent, zero, neither, nor, free of, nothing like`, ``, ``},
	{"not after", ``, `nahi, nehi, nhi, nahe, nahy, nahin, koi nahi, na, bina, bagair, baghair`, `نہیں, نہ, بغیر, بنا`},
	{"not right before", ``, `na, nah`, `نہ`},
	{"not within", `not, isnt, arent`, ``, ``},
	{"barrier", `i, im, ive, my, its, is, are, just, only, now, there, because, since`, `mera, meri, mere, mujhe, ab, abhi, kyunke, sirf`, `میرا, میری, میرے, مجھے, اب, ابھی, صرف`},
	{"ending", `and, but`, `hai, hain, hay, he, tha, thi, aur, raha, rahi, rahe`, `ہے, ہیں, تھا, تھی, اور, رہا, رہی, رہے`},
	{"over", `gone, went away, gone away, went down, gone down, stopped, subsided, settled, better, less, healed, cleared, disappeared, over now, under control, resolved, recovered`,
		`khatam, theek ho gaya, theek ho gai, theek ho gaye, theek hoon, theek hun, theek hai, utar gaya, utr gaya, kam ho, kam hai, ruk gaya, band ho gaya, behtar, araam aa, ab nishan, ab daag`,
		`ختم, ٹھیک ہو گیا, ٹھیک ہو گئی, ٹھیک ہوں, ٹھیک ہے, اتر گیا, کم ہو, کم ہے, رک گیا, بند ہو گیا, بہتر, اب نشان, اب داغ`},
	{"hypothesis", `if, in case, incase, suppose, what if, unless, whether, imagine, assuming, would it, could it, scared of, afraid of, fear of, worried about, worry about, signs of, sign of, symptoms of, how to know, prevent, avoid, prone to`,
		`agar, agr, dar lagta, dar hai, farz, darr, dar lag, bachne, bachao, ghabrati, darti, darta`, `اگر, فرض, ڈر لگتا, ڈر ہے, ڈر لگ, بچنے, بچاؤ, گھبراتی, ڈرتی, ڈرتا`},
	{"future", `can, could, may, might, will, would, going to get, going to be, happen, happens, cause, causes, lead to`,
		`sakta, sakti, sakte, skta, skti, skte, hoga, hogi, honge, jaye, jayega, jayegi, jaega, jaegi, jaye ga, niklega, niklegi, niklta, aayega, ayega, ayegi, aayegi, ho jaye, ho jata, ho jati, hota, hoti, hotay, nikalta, nikalti, utarti, utarta, aate, par jati, par jata`,
		`سکتا, سکتی, سکتے, ہوگا, ہوگی, ہو گا, ہو گی, جائے, جائیں, جائے گا, جائے گی, نکلے گا, ہوتا, ہوتی, ہوتے, نکلتا, نکلتی, ہو جاتا, ہو جاتی, پڑ جاتی`},
	{"past", `last year, years ago, year ago, months ago, long ago, once, as a child, childhood, previously, in the past, used to, last summer, last winter, last time, back then, when i was, in 2018, in 2019, in 2020, in 2021, in 2022, in 2023, in 2024, in 2025, before covid, back in, in college, in school, as a teenager, when younger, in my teens, long back, over the years, for years, many years, in 2005, in 2006, in 2007, in 2008, in 2009, in 2010, in 2011, in 2012, in 2013, in 2014, in 2015, in 2016, in 2017, two years back, years back, months back, year back, weeks back, some years ago, last month, since birth, from birth, born with`,
		`pichle saal, pichlay saal, pichhle saal, pehle, pehly, phle, saal pehle, mahine pehle, bachpan, ek dafa, aik dafa, ek baar, aik baar, pichli dafa, pichli baar, purana, purani, bohat pehle, kafi pehle, saalon se, salon se, kai saal, barson se, saal phle, mahine phle, arsa pehle, arse pehle, kuch saal, paidaishi, paidaish se`,
		`پچھلے سال, پہلے, سال پہلے, بچپن, ایک دفعہ, ایک بار, پچھلی بار, پچھلی دفعہ, پرانا, پرانی, سالوں سے, کئی سال, برسوں سے, عرصہ پہلے, سال قبل, مہینے پہلے, پیدائشی, پیدائش سے`},
	{"was then", `last week, last month, last spring, last summer, last winter, last autumn, in spring, in autumn, used to be`, `gayi thi, gai thi, gaya tha, gaye thay, gaye the, gaya thaa, hua tha, hui thi, hue thay, hua karta, gyi thi, karti thi, karta tha, karte the, hoti thi, hota tha, hote the, lagti thi, lagta tha, jati thi, jata tha, jate the, rehti thi, rehta tha, wala tha, wali thi`, `گئی تھی, گیا تھا, گئے تھے, ہوا تھا, ہوئی تھی, ہوئے تھے, کرتی تھی, کرتا تھا, ہوتی تھی, ہوتا تھا, لگتی تھی, جاتی تھی, جاتا تھا`},
	{"general", `sometimes, usually, often, normally, commonly, generally, occasionally, every time, always, i get, when i get, people, patients, patient, anyone, everyone, somebody else, some girls, some women, side effect, side effects, risk, risks, risky, chance, chances, common, known, rate, percentage, percent, possible, possibility, prone, history, tendency, article, website, written, article says, heard, people say, they say, scared, nervous, at the sight, sight of, condition, acne, pimple, pimples, breakouts, during the session, during session, during the treatment, during treatment, during microneedling, mask, candidate, looks painful, look painful, seems painful, sounds painful, looks very painful, looks so painful, sounds very painful, said it, says it, told me it, needles make me, blood makes me, needle makes me, odds, the odds, likelihood, likely`,
		`kabhi kabhi, kabhi, aksar, hamesha, log, logon, logo, mareez, mareeza, khatra, khatre, imkan, nuqsan, nuksan, suna hai, baar baar, bar bar, danay hain, danon ka, danon ke, muhase, muhasay, keel, session mein, session ke dauran, session me, dekh kar, keh rahi, keh raha, dusri jagah se, doosri jagah se, kisi aur jagah`,
		`کبھی کبھی, کبھی, اکثر, ہمیشہ, لوگ, لوگوں, مریض, مریضہ, خطرہ, خطرے, امکان, نقصان, سنا ہے, مہاسے, کیل, بار بار, دیکھ کر, کہہ رہی, کہہ رہا, دوسری جگہ سے, کسی اور جگہ`},
	{"at times", `sometimes, usually, often, occasionally, every time, now and then, off and on`, `kabhi kabhi, kabhi, kabhi kabhar, kabhar, aksar, hamesha, baar baar`, `کبھی کبھی, کبھی, کبھی کبھار, اکثر, ہمیشہ`},
	{"rumour", `is it true, is that true, true or not, true or false, a myth`, `sach hai, sach mein aisa, afwah, jhoot hai`, `سچ ہے, افواہ, جھوٹ ہے`},
	{"hearsay", `tiktok, tik tok, instagram, insta, youtube, facebook, reel, reels, video, drama, movie, film, serial, news, in the movie, novel, friends cousin, cousins friend, neighbour, neighbor, colleague, someone told me, somebody told me, i read, read somewhere, i heard, heard that, viral, somewhere else, elsewhere, another clinic, other clinic, another place, maid, friend of a friend, aunts friend, my maid`, `tiktok, youtube, facebook, drame, drama, film, khabron, video, padosan, parosan, parosi, kisi ki, kisi ko, kisi ka, kisi ne, aik larki, ek larki, kahin aur, kisi aur clinic, maasi, kaam wali`, `ٹک ٹاک, یوٹیوب, ڈرامے, فلم, خبروں, پڑوسن, کسی کی, کسی کو, کسی کا, ایک لڑکی, کہیں اور, ماسی, کام والی`},
	{"ongoing", `is coming, are coming, is oozing, is leaking, is spreading, is bleeding, is swelling, is getting, are getting, keeps coming, keeps getting, is closing, is peeling`, `raha hai, raha hain, raha he, raha hay, raha h, raha hy, raha hn, raha hen, raha ha`, `رہا ہے, رہا ہیں, رہا ہوں`},
	{"under way", `coming, started, starting, getting, turned, turning, became, becoming, came, come out, keeps, keep, spreading, leaking, oozing, seeping, dripping, weeping, racing, closing, still has, have got, has become, is bleeding, are bleeding, wont stop, not stopping, poured, pouring, broke, got into, went into, went in, is full of, filled, covered in, right now, nonstop, non stop, there is, keeps getting, got worse, opened, is swelling, are swelling, is burning, are burning, is peeling, is getting, is turning, theres, there are, have come, has come, have started, has started, got temp, got temperature, got fever, got a fever, got chills, got pus, got hives, when i press, when i touch`,
		`raha, rahi, rahe, rha, rhi, rhe, araha, arahi, arahe, gaya, gai, gaye, gya, gyi, gayi, aye hain, aaye hain, aya hai, hua hai, hui hai, hue hain, bane hain, lage hain, ho raha, charh, par gai, par gaye, shuru ho, hogai, hogaya, hogayi, hogaye, hogya, hogyi, hogyi, horaha, horahi, horha, horhi, nikle hain, nikla hai, nikal aye, nikal aaye, nikal aaya, nikal aai, nikal ayi, nikal aya, dabane se, dabanay se, chune se, hath lagane se, haath lagane se`,
		`رہا, رہی, رہے, گیا, گئی, گئے, آئے ہیں, آیا ہے, ہوا ہے, ہوئی ہے, ہوئے ہیں, شروع ہو, ہوگیا, ہوگئی, ہورہا, ہورہی, نکل آئے, نکل آیا, نکل آئی, نہیں لے رہا, دبانے سے, چھونے سے, ہاتھ لگانے سے`},
	{"theirs", `my, mine, i have, ive, i had, im, i am, i got, i feel, i am having, im having, i think, she, he, her, his, mum, mom, me`,
		`mera, meri, mere, mujhe, mjhe, mujhy, muje, meray, us ki, us ka, uski, uska, usay, ammi, behan, beti, biwi, bhai, shohar, dost`,
		`میرا, میری, میرے, مجھے, اس کی, اس کا, اسے, امی, بہن, بیٹی, بیوی, بھائی, شوہر, دوست, وہ`},
	{"dated", `now, currently, still, since, today, tonight, yesterday, last night, this morning, ago, hours, hour, minutes, day 1, day 2, day 3, day 4, day 5, second day, third day, days later, next day, help, emergency, urgent, urgently, asap, immediately, rn, pls help, please help, suddenly, crying, what should i do, what do i do, what to do, after the session i, badly`,
		`ab, abhi, aaj, aj, kal, kal se, subah, raat se, raat, din se, ghante, ghantay, ghanton, jaldi, foran, fauran, madad, do din, teen din, teesra din, doosra din, kya karun, kya karoon, kya karu, kia karun, parson, achanak`,
		`اب, ابھی, آج, کل, صبح, رات, دن سے, گھنٹے, گھنٹوں, جلدی, فوراً, فورا, مدد, دو دن, تین دن, کیا کروں, پرسوں, اچانک`},
	{"strongly", `very, badly, extremely, terribly, severely, so much, so bad, so swollen, so painful, too much, a lot, awful, horrible, insane, insanely, like crazy, hard`, `bohat, bohot, bahut, bht, buhat, boht, itni, itna, shadeed, intehai, buri tarah, sakht`, `بہت, اتنی, اتنا, شدید, بری طرح, سخت`},
	{"afterwards", `after the session, after the treatment, after treatment, after my session, after my treatment, after the procedure, after needling, after microneedling, since needling, after ur treatment, after your treatment, after ur session, after your session, after this treatment, after the microneedling, since the treatment, since the session, since my session, since my treatment, since i left, since i came home, after i came home`, `session ke baad, treatment ke baad, needling ke baad, ilaj ke baad, treatment k baad, session k baad, treatment k bad, session k bad, ke baad se, karwane ke baad, lagane ke baad, lagwane ke baad, cream ke baad`, `سیشن کے بعد, علاج کے بعد, نیڈلنگ کے بعد, کروانے کے بعد, لگانے کے بعد, لگوانے کے بعد, کے بعد سے`},
	{"copula", `is, are`, `hai, hain, he, hay, hy, h, ha, hn, hen`, `ہے, ہیں`},

	// How a question opens.
	{"opens modal", `can, could, will, would, may, might, does, do, did, should it`, ``, ``},
	{"opens plain", `is, are, am, was, what, whats, how, which, when, who, why, where, any, has, have you, should, shall, tell me about, is it`, ``, ``},
	{"opens urdu", ``, `kya, kia, kyun, kiun, kyu, kitna, kitni, kitne, kaise, kese`, `کیا, کیوں, کتنا, کتنی, کتنے, کیسے`},
	{"opens when", `when do, when does, when will, when can, how long, how many days, how soon, till when, until when`, `kab, kab tak, kitne din, kitne dinon, kitni dair, kitni der`, `کب, کب تک, کتنے دن, کتنے دنوں, کتنی دیر`},
	{"polite", `can you, could you, would you, will you, can u, could u, can someone, can anyone, could someone, can i come, can i see, can i talk, can i speak, can i send, can i call, can the doctor, can doctor, do you know why, do i need to come, should i come, do i need to see, do i go`, ``, ``},
	// Expressions that deny nothing and date nothing, though a "not" or a "pehle" is in them.
	{"figure of speech", `not sure, not just, not only, dont know, do not know, no idea, no one, nobody, not ok, not okay, not normal, not good, not well, not feeling, not fine, not going away, not going down, not going, not getting better, not better, not able, not stop, not stopping, not slowing, doesnt stop, does not stop, doesnt look, doesnt feel, does not look, does not feel, doesnt go, didnt stop, hasnt stopped, isnt stopping, isnt going, isnt getting, no relief, no improvement, cant tell, no response, no reply, no answer, not replying, not answering, not sleeping, no sleep, wasnt like, wasnt there, never had this, never seen, not less, not reducing, doesnt work, not working, not helping, didnt help, doesnt help, dont help, like i will, like i might, like im going, i can feel, i can see, i can smell, can feel, can smell, can hardly, can barely, could barely, could hardly, can only see, i dont know, dont see any, how do i stop, will not stop, wont go, wont open, cannot stop`,
		`pata nahi, nahi pata, samajh nahi, nahi ruk, ruk nahi, ruk hi nahi, rukta nahi, rukti nahi, theek nahi, thik nahi, acha nahi, achi nahi, kam nahi, nahi kam, nahi utar, utar nahi, khatam nahi, ja nahi, nahi ja, band nahi, nahi band, band hi nahi, neend nahi, jawab nahi, phone nahi, farq nahi, aram nahi, araam nahi, pehle session, pehli dafa, pehli baar, pehli bar, din pehle, ghante pehle, ghanta pehle, hafte pehle, hafta pehle, pehle theek, pehle to, pehle nahi, bardasht nahi, nahi bardasht, kya karun, bardasht hi nahi, bardasht bilkul nahi, bardasht ab nahi, bardasht bhi nahi, utarne ka naam nahi, jane ka naam nahi, rukne ka naam nahi, hone ka naam nahi, ka naam nahi, ka naam hi nahi, pehle ye bata, pehle yeh bata, pehle bata, pehle ye batayein, pehle mujhe bata, pehle ye batao, pehle batao, pehle yeh batao, pehle ye btao, pehle btao, qabu mein nahi, qabu nahi, control nahi, control mein nahi`,
		`پتہ نہیں, نہیں پتہ, سمجھ نہیں, نہیں رک, رک نہیں, ٹھیک نہیں, کم نہیں, نہیں اتر, اتر نہیں, ختم نہیں, بند نہیں, نہیں جا, نیند نہیں, جواب نہیں, آرام نہیں, فرق نہیں, پہلے سیشن, پہلی بار, پہلی دفعہ, دن پہلے, گھنٹے پہلے, ہفتے پہلے, پہلے ٹھیک, برداشت نہیں, آرام نہیں آ, برداشت ہی نہیں, برداشت بھی نہیں, اترنے کا نام نہیں, جانے کا نام نہیں, رکنے کا نام نہیں, ہونے کا نام نہیں, کا نام نہیں, کا نام ہی نہیں, پہلے یہ بتا, پہلے بتا, پہلے یہ بتائیں, پہلے بتائیں, قابو میں نہیں, قابو نہیں`},
	// Expressions in which a word names no symptom.
	{"another thing", `double charged, charged double, double charge, double booked, double payment, double chin, under eye, under eyes, undereye, eye bags, eye cream, hay fever, fungal infection, yeast infection, urine infection, throat infection, dead skin, red light, allergic reaction to, blood test, blood tests, blood pressure, blood sugar, blood thinner, blood thinners, blood group, blood flow, blood circulation, blood vessels, own blood, blood type, heart patient, heart disease, heart problem, heart condition, heart surgery, still in place, waste water, pass out from, light headed, or not, ear infection, sinus infection, chest infection, oil gland, oil glands, sweat glands, sebaceous glands, after fever, hurts my confidence, hurt my confidence, hurts my self, feelings, pain tolerance, pain threshold, bleed easily, bleeds easily, bruise easily, do you still, can i still, will you still, would you still, can you still, will it still, should i still, do i still, under my eyes, under my eye, below my eyes, below my eye, under the eyes, below the eyes, metal plate, metal plates, metal implant, metal implants, metal rod, metal braces, metal allergy, yellow fever, cabin fever, had typhoid fever, had dengue fever, after dengue fever, after typhoid fever, after dengue, after typhoid, needle cap, needle caps, cap of the needle, dead layer, papery layer, papery skin, flaky layer, dry layer, phone temperature, room temperature, body temperature of, water temperature, blood is boiling, blood boil, blood boiling, bleeding customers, bleeding us, bleeding me dry, bleeding people, makes me sick, sick of, patience is bleeding, bleeding money, bleeding my wallet, lost sight of, lose sight of, losing sight of, old self harm, past self harm, healed self harm, hair went limp, tonic water`,
		`ankhon ke neeche, aankhon ke niche, ankh ke neeche, aankh ke niche, dil ki mareez, dil ka mareez, dil ke mareez, khoon ki kami, khoon ka test, ya nahi, ya nai, behosh karte, behosh karna, behosh kar, be hosh karte, bukhar ke baad, dekh kar, dekh ke, dekh lein, keh rahi, keh raha, keh rahe, kehti hai, kehta hai, saans lene ki jagah, saans lene ki fursat, saans lene ka time, saans lene ka waqt, gosht utar gaya, gosht utar raha, khoon khaul, khoon khol, dil khush, dil dukh, khoon jal, khoon pee, jaan nikal gayi sun, saans ka koi masla, saans ka koi mushkil, saans ka koi problem, saans ka masla nahi hai, saans ka koi issue`,
		`آنکھوں کے نیچے, آنکھ کے نیچے, دل کی مریض, دل کا مریض, خون کی کمی, خون کا ٹیسٹ, یا نہیں, بے ہوش کرتے, بے ہوش کر, دیکھ کر, دیکھ لیں, کہہ رہی, کہہ رہا, کہہ رہے, سانس لینے کی جگہ, سانس لینے کی فرصت, سانس لینے کا وقت, خون کھول, دل دکھ, خون جل, سانس کا کوئی مسئلہ, سانس کا مسئلہ نہیں ہے, سانس کا کوئی مسلہ`},
	{"goods", `cream, creams, serum, face wash, facewash, cleanser, lotion, moisturizer, moisturiser, sunscreen, sunblock, toner, mask, face mask, face cream, face pack, skin cream, skin serum, soap, shampoo, oil, gel, perfume, makeup, product, room, washroom, bathroom, toilet, clinic, towel, towels, sheets smell, bed, bottle, tube, jar, packet, parcel, box, foundation, lipstick, concealer, powder, compact, kajal, mascara, hair, breath, food, fridge, car, house, kitchen, clothes, shoes, feet, armpits, sweat, drain, washbasin, water tank, ac, medicine, ointment, bag, curtains, carpet, blanket`, `cream, kreem, serum, face wash, facewash, lotion, sunblock, toner, sabun, saban, shampoo, tel, itar, perfume, botal, tube, dibba, dibbi, packet, parcel, kamra, kamre, washroom, clinic, tolia, toliya, foundation, lipstick, baal, khana, fridge, gari, ghar, kitchen, kapre, joote, paseena, dawai, marham`, `کریم, سیرم, فیس واش, لوشن, سن بلاک, صابن, شیمپو, تیل, بوتل, ٹیوب, ڈبہ, ڈبی, کمرہ, کمرے, کلینک, تولیہ, فاؤنڈیشن, بال, کھانا, گھر, کپڑے, پسینہ`},

	// Symptoms and their circumstances.
	{"pus", `pus, puss, puz, pusss, pus filled`, `peep, pip, peeep, mawaad, maddah, madda`, `پیپ, مواد`},
	{"ooze", `oozing, oozes, oozed, ooze, oozy, weeping, seeping, leaking, leaks, dripping, discharge, discharging, draining, fluid coming, running down`, `ris, riss, rees, rasna, ris raha, beh raha, beh rahi, beh rha, behna`, `رس, بہہ رہا, بہہ رہی, رطوبت, ٹپک`},
	{"fluid", `fluid, fluids, liquid, water, yellow, green, greenish, yellowish, sticky, white stuff, stuff, gunk, gooey, goo, slime, greenish liquid, thick liquid, yellow water, jelly, matter, gunky, white and thick, thick white, thick yellow, something white, something yellow, thick stuff, yellow stuff, yellowish stuff`, `pani, paani, pila, peela, peeli, pilay, hara, water, pilla, gaadha, garha, zard, hara pani, lesdar`, `پانی, پیلا, پیلی, پیلے, زرد, گاڑھا, لیس`},
	{"coming out", `coming, coming out, comes out, came out, running, filled, full of, leaking, keeps coming, squeezes out, squeezed out, oozes out, pops out, on the pillow, on my pillow, stuck to my pillow, stuck to the pillow, when i press, when i touch, filling`, `nikal, nikla, nikli, nikle, nikl, nikal raha, aa rahi, aa raha, arahi, araha, bhar, bhara, bhari, bhar gaya, bahar, ris`, `نکل, نکلا, نکلی, نکلنے, آ رہا, آ رہی, بھر, رس, بھرا, بھری`},
	{"watery bumps", ``, `pani wale, pani walay, paani walay, pani wala, pani bhare, pani ke`, `پانی والے, پانی کے, پانی بھرے`},
	{"bump", `bump, bumps, dots, pimples, boils`, `danay, dane, daane, daanay, dana, daana, daano, danon, chalay, chale`, `دانے, دانہ, دانوں`},
	{"foul smell", `foul smell, bad smell, smells bad, smells awful, smells terrible, awful smell, horrible smell, smells rotten, smells foul, stinks, stinking, stench, smells like something died`, `badboo, badbu, bad boo, gandi smell`, `بدبو`},
	{"smell", `smell, smells, smelling, smelly, smel, smelz, stink, stinks, stinking, stinky, odor, odour, rotten, stench, foul`, `badboo, badbu, bad boo, bu aa, boo aa, gandi smell, smell, bu aati, boo aati, bu a rahi, boo a rahi, bu aa rahi, bohat boo, boo thi, boo hai, ajeeb boo, gandi boo, ajeeb smell, bu thi, bu hai`, `بدبو, بو آ, بو آتی, بو تھی, بو ہے`},
	{"infected", `infected, infection, infectd, infecshun, infeksion, septic, sepsis, cellulitis, abscess, maggots, gangrene`, `infection, infekshan, infekted, infeccion, ^infekshan`, `انفیکشن, انفکشن, انفیکٹڈ`},
	{"blister", `blister, blisters, blistered, blistering, boils, boil, bubbles, ulcer, ulcers, open wound, open wounds, burnt, burned skin`, `aabla, abla, aablay, ablay, phoray, chalay hain, chhalon, boils, blisters, phaphole, phapholay, phaphola, fafole`, `چھالے, چھالا, چھالوں, آبلے, آبلہ, پھوڑے, پھوڑا, پھپھولے`},
	{"chala", ``, `chalay, chaalay, chhalay, chale, chala, chaale`, ``},
	{"formed", ``, `par gaye, par gaya, pad gaye, parh gaye, ban gaye, ban gaya, nikal aye, nikal aaye, nikal aya, nikle, nikal gaye, ban rahe, bane, nikal ai, nikal aai, nikal ayi, nikal aaya, ban gai, ho gai, ho gaya, uth gai`, ``},
	{"fever", `fever, fevr, feaver, fevar, feverish, fevers, pyrexia, burning up, sick and hot, hot and cold, hot and shivery`, `bukhar, bukhaar, bokhar, bukar, bukhaar, fever, jism tap, badan tap, jism garam, badan garam, ^temprechar hai, ^temprechar ho, ^temprechar ha, ^temprechar h, ^temprechar hua`, `بخار, بخارہے, فیور, جسم تپ, جسم گرم, بدن تپ, ٹمپریچر ہے, ٹمپریچر ہو`},
	{"shiver", `shivering, shiver, shivers, shivery, chills, trembling, rigors, shaking with cold, shaking and cold, cold and shaking, cold shakes, the shakes, teeth chattering, shaking uncontrollably, shaking badly, cant stop shaking, cannot stop shaking, shaking all over, shaking like a leaf, teeth are chattering, teeth wont stop chattering`, `kapkapi, kapkapahat, thar thar, tharthari, larza, larzish, kaanp rahi hai, kaanp raha hai`, `کپکپی, لرزہ, تھرتھر`},
	{"cold fit", `freezing cold, feel cold, feeling cold, so cold`, `thand lag, thandi lag, sardi lag, kanp, kaanp`, `سردی لگ, ٹھنڈ لگ, کانپ`},
	{"clinic itself", `clinic, waiting, room, heater, ac, office, winter, happiness, joy, receptionist, staff, rude, attitude, behaviour, behavior, service, reception, weather, islamabad, murree, december, january, bath, shower, water`, `clinic, kamra, kamre, heater, ac, office, sardiyon, khushi, waiting, mausam, sulook, rawaiya, rawayya, islamabad, murree, nahane`, `کلینک, کمرہ, کمرے, ہیٹر, خوشی, موسم, رویہ, سلوک, اسلام آباد`},
	{"temperature", `temperature, temp, temprature, tempreture, thermometer, thermometre`, `temperature, temprature, ^temprechar, thermameter`, `ٹمپریچر, تھرمامیٹر`},
	{"high degree", `99, 100, 101, 102, 103, 104, 105, 106, 38, 39, 40, 41, high, running a, have a, got a, having`, `tez, ziada`, `تیز, زیادہ`},
	{"hot", `hot, burning hot`, `garam, tap`, `گرم`},
	{"red or hot", `red, redness, rednes, reddness, heat, hot, warm, warmth, burning, rash, inflammation, inflamed, patch, scarlet, boiling, fiery, hotter, redder, reddish, red area, red patch, red part, burning hot, flushed`, `laal, lal, laali, lali, surkhi, surkh, garam, garmi, sujan, jalan, redness`, `لال, لالی, سرخی, سرخ, گرم, جلن`},
	{"spread", `spreading, spread, spreads, spred, spreding, expanding, growing, getting bigger, bigger, extending, extended, moving up, moving down, moving to, creeping, reached, gone down to, moved to, moved down, moved up, travelled, travelling, up to my, down to my, all the way, twice the size, half my face now, covers half, covers my jaw, covers my cheek, covers my neck, covers my whole, covers the whole, getting larger, larger, wider, getting wider, its the whole, now the whole, now my whole, taken over, all over my cheek, now its whole, now it is whole, going to the, going to my, going down my, going down to, coming down, climbing, crossed, up to the, down to the, all of my, now cover, now covers`, `phail, fail, phel, phaili, phaila, phailti, phailta, pheli, phelti, phelta, phelne, phailne, barh rahi, barh raha, barhti, barhta, spread, pohanch, puhanch, pahunch, pohnch, tak aa, tak ja, tak pahunch, fail rahi, fail raha, pori tarah phel`, `پھیل, پھیلتی, پھیلتا, پھیلی, پھیلنے, بڑھ, بڑھتی, پہنچ, تک آ`},
	{"it spreads", `its spreading, it is spreading, is spreading to, spreading to my, spreading down, spreading towards, keeps spreading, spreading fast, redness spreading`, `phailti ja rahi, phailta ja raha, phelti ja rahi`, `پھیلتی جا رہی, پھیلتا جا رہا`},
	{"red line", `red line, red lines, red stripe, red stripes, red streak, red streaks`, `laal line, lal line, laal lakeer, lal lakeer, lal lakeeren`, `سرخ لکیر, لال لکیر, سرخ لکیریں`},
	{"leads on", `up, down, towards, toward, from, neck, ear, going, moving, spreading, arm`, `tak, taraf, gardan, upar, neeche, ja`, `تک, طرف, گردن, اوپر, نیچے, جا`},
	{"streak", `streak, streaks`, `lakeer, lakeeren, lakeerein, lakiren, dhari, dhariyan`, `لکیر, لکیریں, دھاری, دھاریاں`},
	{"lump", `lump, lumps`, `gilti, ganth`, `گانٹھ`},
	{"neck", `neck, jaw, armpit`, `gardan, jabre, baghal`, `گردن, جبڑے, بغل`},
	{"gland", `gland, glands, lymph, lymph node, lymph nodes`, `ghudood, ghadood, gilti, giltiyan, giltian, gilt, glands, gland`, `گلٹی, گلٹیاں, غدود`},
	{"swollen", `swollen, swolen, swolln, swelled, swell, swelling, swells, sweling, sweeling, swole, blown up, ballooned, puffed up, puffing up, bloated`, `sooj, suj, soj, soojan, sujan, sojan, soji, sooji, sooja, suji, suja, soojh, sujh, soje, sooje, sujay, soojti, soojta, sujti, warm aa, swelling, swell, phool gaya, phool gai, phool gayi, phool raha, phool rahi, ^sojan`, `سوج, سوجن, سوجی, سوجا, سوجے, سوجھ, سوجتی, ورم, پھول گیا, پھول گئی, پھول رہا`},
	{"puffy", `puffy, puffed`, ``, ``},
	{"hurts", `pain, pains, painful, painfull, hurting, hurts, hurt, sore, ache, aches, aching, burning, burns, stinging, stings, throbbing, agony, soreness, tender, throbs`, `dard, derd, dart, takleef, taklif, dukh, jalan, jal rahi, chubhan, pain`, `درد, تکلیف, جلن, جل رہی, دکھ, چبھن`},
	{"worse", `worse, worsening, worst, worsen, increasing, incresing, increases, increased, growing, grows, bigger, more and more, more every, stronger, doubled, intensifying, more today, even more, more now, than day, than yesterday, than the first, than last night, than this morning, by the hour, every hour, hour by hour, by the minute, minute by minute, worser, getting bad, keeps increasing, not reducing but, bigger than yesterday, day by day, rising, climbing, going up, getting more, stronger every`, `barh rahi, barh raha, barh rahe, barh gai, barh gaya, bar rahi, badh rahi, badh raha, badh gaya, badh gai, barhti, barhta, barhte, badhti, badhta, barhe, increase, ziada ho rahi, ziada ho raha, zyada ho rahi, zyada ho raha, ziyada ho, tez hota, tez ho raha, shadeed ho, zyada ho gaya, ziada ho gaya, zyada ho gai, ziada ho gai, aur zyada, aur ziada, tez ho gaya, roz ba roz, zyada ho, ziada ho, barhti ja, barhta ja, din ba din, her ghante`, `بڑھ, بڑھتی, بڑھتا, بڑھتے, زیادہ ہو رہی, زیادہ ہو رہا, شدید ہو, تیز ہو, اور زیادہ, زیادہ ہو گیا, زیادہ ہو گئی, روز بروز, زیادہ ہو`},
	{"unbearable", `unbearable, unberable, intolerable, excruciating, severe pain, terrible pain, extreme pain, intense pain, horrible pain, agonizing, throbbing, cant bear, cant tolerate, screaming, agony, am crying from pain, im crying from pain, am crying in pain, im crying in pain, is crying in pain, is crying from pain, crying with pain, screaming in pain, 9 out of 10, 10 out of 10, 8 out of 10, worst pain, cant take it, cant take the pain, killing pain`, `na qabil, shadeed dard, shadid dard, shadeed takleef, jaan nikal, tarap, bardasht nahi, bardasht hi nahi, bardasht bilkul nahi, bardasht ab nahi, bardasht bhi nahi, bardasht se, bardasht karna mushkil, bardasht ke qabil, nahi bardasht, bardasht khatam, tarapti, tarapta, tarapte, tarapna, ab bardasht nahi hota, ab bardasht nahi hoti, ab bardasht nahi`, `شدید درد, شدید تکلیف, جان نکل, تڑپ, برداشت نہیں, برداشت ہی نہیں, برداشت بھی نہیں, برداشت سے, برداشت کرنا مشکل, برداشت کے قابل, نہیں برداشت, ناقابل, تڑپتی, تڑپتا, اب برداشت نہیں ہوتا, اب برداشت نہیں ہوتی, اب برداشت نہیں`},
	{"not easing", `wont go down, not going down, isnt going down, not reducing, not going away, wont go away, doesnt go away, not getting better, not less, keeps getting`, `kam nahi, nahi kam, kam hi nahi, kam hone ka naam, nahi ja rahi, nahi ja raha, utar nahi`, `کم نہیں, نہیں جا, اتر نہیں`},
	{"swelled up", `swelling up, swollen up, blown up, blowing up, puffed up, ballooned, swells up, twice the size, double the size, twice its size, double its size, twice as big, like a football, like a balloon, like a tomato swollen, times its size, times the size, times bigger, three times, size of a golf ball, size of an egg, size of a ball, like a golf ball, like an egg`, `sooj gaya, sooj gai, sooj gayi, sooj gaye, suj gaya, suj gai, phool gaya, phool gai, phool gayi, sooja hua, sooj raha, sooj rahi, sujh gaya, soj gaya, soj gai, double ho gaya, double ho gai, dugna, phool kar, football jaisa, gubara`, `سوج گیا, سوج گئی, سوج گئے, پھول گیا, پھول گئی, سوج رہا, سوجا ہوا, دگنا, غبارہ, پھول کر`},
	{"painkiller", `painkiller, painkillers, pain killer, pain killers, panadol, paracetamol, brufen, ibuprofen`, `goli, goliyan, panadol, painkiller, dawa, dawai, dawaiyan, dawain`, `گولی, گولیاں, پیناڈول, دوا`},
	{"no relief", `no relief, not working, not helping, dont help, doesnt help, do not help, didnt help, useless, no effect, dont work, doesnt work, not going`, `aram nahi, araam nahi, farq nahi, asar nahi`, `آرام نہیں, فرق نہیں, اثر نہیں`},
	{"no sleep", `cant sleep, couldnt sleep, could not sleep, cannot sleep, kept me awake, awake all night, no sleep`, `so nahi sak, so nahi saki, so nahi saka, so nahi pa, neend nahi, nahi soi, nahi soya, nahi so saki`, `سو نہیں سک, سو نہیں پا, نیند نہیں, نہیں سوئی, نہیں سویا, سو نہیں سکی`},
	{"very bad", `so swollen, so painful, in so much pain, so much pain`, ``, ``},
	{"whole side", `half, balloon, whole, entire, doubled, unrecognizable, huge, cant recognise, cannot recognise, cant recognize, unrecognisable, bigger than the other, larger than the other, bigger than other, bigger on one side, uneven, half of, a different person, like someone else, like a monster, cant recognise myself, dont recognise myself`, `poora, pura, poori, puri, sara, saara, adha, aadha`, `پورا, پوری, سارا, آدھا`},
	{"face", `face, cheek, cheeks, jaw, neck, forehead, head, chin, jaw, nose`, `munh, mun, moun, chehra, chehre, chehray, gaal, gal, gaalon, face`, `منہ, چہرہ, چہرے, گال, گالوں, جبڑا`},
	{"eye", `eye, eyes, eyelid, eyelids, eyeball, eyez, eye lid, eye lids, cornea, pupil`, `aankh, ankh, aankhein, ankhen, aankhen, ankhain, ankhon, aankhon, ankho, aank, eye, eyes, palak, palkon, palkein, palken`, `آنکھ, آنکھیں, آنکھوں, پلک, پلکوں`},
	{"went in", `in my eye, in my eyes, in her eye, in her eyes, in his eye, in the eye, into, inside, went in, got in, got into, went into, splashed, dropped in, entered, touched, poked, hit, scratched, chemical, serum in, cream in, acid in`, `chala gaya, chali gai, chali gayi, chle gaye, chala gya, chali gyi, gir gaya, gir gai, gir gayi, lag gai, lag gaya, lag gayi, par gai, par gaya, andar, ghus gaya, ghus gai`, `چلا گیا, چلی گئی, گر گیا, گر گئی, لگ گیا, لگ گئی, اندر, پڑ گئی`},
	{"shut", `shut, closed, wont open, cant open, not opening, doesnt open, cannot open, couldnt open, unable to open, can not open`, `khul nahi, nahi khul, band ho gai, band hai, band ho gayi, nahi khulti, khul hi nahi, khulti hi nahi, khulti nahi, khol nahi`, `کھل نہیں, نہیں کھل, بند ہو گئی, کھل ہی نہیں`},
	{"light", `light, lights, sunlight, bright, brightness`, `roshni, light`, `روشنی`},
	{"see", `see, seeing, vision, vison, sight, eyesight, visions, see anything`, `nazar, nazr, dikh, dikhai, dikhta, dekh, dekhne, dekhna, beenai, binai, nigah, vision`, `نظر, دکھائی, بینائی, دیکھ, دکھ`},
	{"blurred", `blur, blurry, blurred, blured, blury, bluri, fuzzy, foggy, double, hazy, cloudy, blurring, cloudy, blurriness, two of everything, two of each, seeing double`, `dhundla, dhundhla, dhundli, dhundhli, dhundlahat, dundla, dhundhlahat, dhondla, blur, do do, kam nazar, kam dikh`, `دھندلا, دھندلی, دھندلاہٹ, دھندلے, ڈبل, کم نظر, دو دو, کم دکھ, دو دو`},
	{"clearly", `properly, clearly, clear, anything, well, straight, right, out of, from my`, `theek, thik, saaf, saf, sahi, kuch, kam, sahih`, `ٹھیک, صاف, کچھ, صحیح, کم`},
	{"sight", `vision, vison, sight, eyesight`, `beenai, binai, nigah, nazar`, `بینائی, نگاہ`},
	{"sight fails", `changed, less, dim, dimmer, worse, reduced, fading, gone, curtain, flickering`, `kam ho gai, kam ho rahi, badal`, `کم ہو گئی, کم ہو رہی, بدل`},
	{"flashes", `flashes, floaters, dark spots, black spots, sparks`, `tare nazar`, ``},
	{"blind", `gone blind, going blind, lost vision, lost my vision, lost my sight, lost sight, losing my vision, losing vision, losing sight, losing my sight, cant see anything, am blind, seeing double, double vision, everything is double, everything looks double`, `andha ho gaya, andhi ho gai, andha ho raha, nazar chali gai, beenai chali gai, nazar aana band`, `اندھا ہو, اندھی ہو, بینائی چلی, نظر آنا بند`},
	{"a result", `result, results, difference, change, changes, improvement, glow, message, messages, photo, photos, pic, pics, picture, button, menu, link, price, appointment, slot, reply`, `farq, fark, asar, nateeja, natija, result, results, tasveer, message, photo`, `فرق, اثر, نتیجہ, نتائج, تصویر`},
	{"vessel", `bottle, bottles, tube, jar, cap, lid, pump, dropper, packet, parcel, sachet, bag, tap, pipe, roof, ceiling, tank, ac, pen, sink, geyser, faucet, cooler, washing machine, fridge, car, engine`, `botal, bottle, tube, dhakkan, packet, parcel, nalka, nal, chhat, pipe, tanki`, `بوتل, ٹیوب, ڈھکن, نلکا, نل, چھت, پائپ, ٹینکی`},
	{"comedo", `whitehead, whiteheads, blackhead, blackheads, comedones, pores, pore, squeeze my nose`, `keel, keelein, keelen, masaam, masam`, `کیل, مسام`},
	{"screen", `screen, screens, laptop, computer, phone, typing, website, font, phones, mobile, mobile phone`, `screen, mobile, laptop, phone`, `سکرین, موبائل, فون`},
	{"money", `bill, price, prices, quote, total, mehngi, mehnga, expensive, costly, fees, cost, charges, discount, cheap, rupees, pkr, bills`, `bill, price, qeemat, rate, mehngi, mehnga, mehngay, mehngai, paise, paisay, fees, kharcha, qeematen, keemat, discount, rates`, `بل, قیمت, ریٹ, مہنگی, مہنگا, پیسے, فیس, خرچہ, قیمتیں`},
	{"numb", `numb, no feeling, cant feel, cannot feel, no sensation, dead to touch, ice cold`, `sun ho, sun hai, sun par, sunn, sunn ho, aur sun, sun si, mehsoos nahi`, `سن ہو, سن ہے, اور سن, محسوس نہیں`},
	{"dark", `black, blackish, grey, gray, greyish, dark, blue, bluish, purple, dusky, white, pale`, `kala, kali, kaala, kaali, neela, neeli, nili, siyah, safed, jamni`, `کالا, کالی, نیلا, نیلی, سیاہ, سفید`},
	{"breathe", `breathe, breath, breathing, brething, breth, brethe, breathin, inhale, swallow, swallowing, swalow`, `saans, sans, saansein, saansen, sanse, sance, nigal, nigalne, nigalna, nigla, breathing, breath`, `سانس, سانسیں, نگل, نگلنے`},
	{"trouble", `trouble, troubl, difficulty, difficult, difficulties, dificulty, hard, problem, problems, problm, issue, struggling, struggle, short, shortness, shallow, tough, heavy, out of, less, barely, hardly, hurts, struggling for`, `mushkil, mushkal, dikkat, diqat, diqqat, problem, masla, takleef, dushwari, ruk, phool, band, tang, atak, ukhar, kam, rukti, phoolti, ghut, ukhad`, `مشکل, دشواری, دقت, تکلیف, رک, بند, پھول, اٹک, تنگ, گھٹ, مسئلہ, اکھڑ`},
	{"unable", `cant, cannot, can not, cnt, couldnt, unable, not able, cant really, isnt able`, `nahi, nhi, nehi, nahin, nahe, nai`, `نہیں, نہ`},
	{"choke", `choking, suffocating, suffocation, wheezing, wheeze, gasping, anaphylaxis, anaphylactic, anaphylaxic, cant get air, cant get enough air, no air, air hunger, cant catch my breath, catch my breath, shortness of breath right now, struggling for air, fighting for air, gasping for air, want of air`, `dam ghut, dum ghut, dam ghutna, saans phool, sans phool, sans ukhar, saans ukhar, sans atak, saans atak, hawa nahi, saans ukhad, sans ukhad`, `دم گھٹ, سانس اکھڑ, سانس اٹک`},
	{"throat", `throat, throte, thoat, windpipe, chest`, `gala, galay, gale, galla, halaq, halak, seena, seene, seenay, chaati, chhati`, `گلا, گلے, حلق, سینہ, سینے, سینا`},
	{"closes", `closing, closed, closes, close, tight, tightening, tightness, narrowing, shut, blocked, thick, lump, choking, heavy, stuck, closing up, swelling up`, `band, tang, ghut, ghutan, ghat, bhari, jakra, dab, dabao, thook nahi`, `بند, تنگ, گھٹ, گھٹن, بھاری`},
	{"lips or tongue", `lip, lips, tongue, tounge, toung, tung, lipz, mouth, jaw and lips`, `honth, hont, hoonth, honton, hothon, zuban, zaban, zubaan, labb, lips, lab pe, lab par, lab neela, lab neele`, `ہونٹ, ہونٹوں, زبان, لب`},
	{"big or numb", `big, thick, heavy, huge, fat, double, numb and`, `mota, moti, mote, bhari, phool`, `موٹا, موٹی, موٹے, بھاری, پھول`},
	{"hives", `hives, welt, welts, urticaria, hivs, wheals, hive`, `chapaki, chhapaki, chapakki, pitti, dhapar, dhaphar, dhappar, daphar, dhaffar`, `چھپاکی, پتی اچھل, دھپڑ, پتی نکل`},
	{"allergic reaction", `allergic reaction, alergic reaction, severe allergy, anaphylaxis, allergic to what you, allergic to the cream you`, `allergy ho gai, allergy ho gayi, allergy ho rahi, reaction ho gaya, allergy ho gyi, reaction ho raha, reaction kar gaya`, `الرجی ہو گئی, الرجی ہو رہی, ری ایکشن ہو گیا`},
	{"rash", `rash, rashes, rashs, itch, itching, itchy, bumps, red spots`, `danay, dane, daane, daanay, danon, kharish, khaarish, khujli, dhabbay, dhabbe, dhabay, rash, chattay`, `دانے, خارش, دھبے, کھجلی, ریش`},
	{"all over", `all over, everywhere, whole body, entire body, full body, allover, head to toe, covered in, from neck to, from head to, top to bottom, neck to legs`, `poore jism, pure jism, poray jism, saare jism, sare jism, sarey jism, poore badan, pure badan, sare badan, saare badan, poori body, puri body, sari body, tamam jism, jism pe, jism par, har jagah, poray badan, pore badan, pore jism, sary jism, sari jild, pooray badan, pooray jism, poora badan, poora jism`, `پورے جسم, سارے جسم, پورے بدن, سارے بدن, جسم پر, تمام جسم`},
	{"faint", `fainted, fainting, faintd, passed out, pass out, passing out, blacked out, blacking out, black out, collapsed, collapsing, unconscious, unconcious, unresponsive, feel faint, feeling faint, feels faint, about to faint, going to faint, almost faint, might faint, lost consciousness, losing consciousness, wont wake, not waking, fell unconscious, fell down and, keeps passing, wont respond, not responding, in and out of, went limp, gone limp, goes limp, went floppy, gone floppy, eyes rolled, eyes rolled back, eyes rolled up`, `behosh, be hosh, bihosh, bay hosh, behoosh, ghashi, hosh mein nahi, hosh nahi, hosh me nahi, behoshi, hosh kho, hosh me nahi, gir ke behosh, chakra ke gir, chakkar kha ke gir, chakra kar gir, chakkar kha kar gir, chakra k gir, be sudh, besudh, nidhal, aankhein ulat, ankhen ulat, ankhein ulat`, `بے ہوش, بیہوش, بےہوش, غش, ہوش نہیں, بے ہوشی, ہوش کھو, چکرا کر گر, چکر کھا کر گر, چکرا کے گر, بے سدھ, نڈھال, آنکھیں الٹ`},
	{"dizzy", `dizzy, dizziness, dizy, lightheaded, light headed, vertigo, going black, head is spinning, head spinning, room is spinning, room spinning, cant stand up, woozy, giddy, giddiness, seeing stars, about to fall`, `sar ghoom, sir ghoom, sar ghum, sir ghum, sar chakra, sir chakra, andhera aa, andhera cha, khari nahi ho, khara nahi ho, gir jaun gi`, `سر گھوم, سر چکرا, اندھیرا`},
	{"chakkar", ``, `chakkar, chakar, chakr, chaker, chkr, chakkr`, `چکر`},
	{"comes on", ``, `aa, a, araha, arahe, arahi, aye, aaye, aarahe, aye, ane, aane, aa rahe, aty, aate, ate, aa gaya, aray`, `آ, آنے, آئے, آتے, آرہے, آیا`},
	{"heart", `heart, heartbeat, pulse, hart, heart beat, heart rate`, `dil, dharkan, dhadkan, dharkane, dharkanein, heart`, `دل, دھڑکن, دھڑکنیں`},
	{"beats fast", `racing, fast, pounding, rapid, rapidly, skipping, irregular, thumping, hammering, slow down, crazy fast, very fast, too fast, 110, 120, 130, 140, 150, 160, 170, skipped, jumping, beating hard, beating weird, beating strange, out of my chest, explode, out of control, not normal, jumpy, wont slow`, `tez, taiz, dharak, dhadak, dharakta, zor zor, zor se, ghabra, ghabrahat, ^dharakna, bethi ja, doob, 110, 120, 130, 140, 150, phat, ruk ruk, uchal, zor, qabu, be tarteeb, control`, `تیز, دھڑک, گھبرا, زور زور, ڈوب, اچھل, پھٹ, قابو, بے ترتیب`},
	{"palpitation", `palpitation, palpitations, palpitating, palpatations, tachycardia`, ``, ``},
	{"chest", `chest, left arm`, `seena, seene, seenay, chaati, chhati`, `سینہ, سینے`},
	{"fit", `seizure, seizures, seizing, having fits, having a fit, convulsion, convulsions, convulsing, jerking, foaming`, `daura par, dora par, daure par, doray par, mirgi ka, jhatke lag, jhatkay lag`, `دورہ پڑ, دورے پڑ, جھٹکے لگ`},
	{"vomit", `vomit, vomiting, vomited, throwing up, threw up, puking, puked, keep being sick`, `ulti, ultiyan, ulti ho`, `الٹی, الٹیاں, قے`},
	{"over and over", `nonstop, non stop, cant stop, wont stop, again and again, constantly, since, keep, keeps, twice, many times, blood, everything`, `baar baar, bar bar, musalsal, ulti pe, ho rahi, ho rahi hain, ruk nahi, ke baad`, `بار بار, مسلسل, ہو رہی, رک نہیں, کے بعد`},
	{"limp", `dropped, drooping, drooped, droopy on one side, paralysed, paralyzed, cant smile, cant move, lopsided, slurring, slurred`, `terha, tedha, terhi, tedhi, faalij, falij, hil nahi`, `ٹیڑھا, ٹیڑھی, فالج, ہل نہیں`},
	{"one side", `one side, half of my face, side of my face, left side, right side, my smile, speech, words`, `aik taraf, ek taraf, aadha chehra, adha chehra, munh, chehra`, `ایک طرف, آدھا چہرہ, منہ`},
	{"cannot rise", `cant get up, cannot get up, not getting up, wont get up, not answering me, not responding, not moving, wont wake, not talking, eyes are not opening`, `uth nahi rahe, uth nahi raha, uth nahi rahi, uth nahi pa, nahi uth rahe, ankhen nahi khol, aankhein nahi khol, ankhein nahi khol, jawab nahi de, bol nahi, hil nahi, hosh mein nahi`, `اٹھ نہیں, جواب نہیں دے, بول نہیں, ہل نہیں, آنکھیں نہیں کھول`},
	{"fell", `fell, fell down, collapsed, on the floor, on the ground`, `gir gaya, gir gai, gir gaye, gir gayi, gir para, gir pari, gir paray, farsh pe, farsh par, zameen pe, zameen par`, `گر گیا, گر گئی, گر گئے, گر پڑی, گر پڑا, فرش پر, زمین پر`},
	{"filler", `filler, fillers, injection, injected, botox`, `filler, fillers, injection, teeka`, `فلر, انجکشن, ٹیکہ`},
	{"pale or blue", `white, blue, bluish, grey, gray, purple, dusky, mottled, greyish, greyish white, violet, marbled, blanched, ashen`, `neela, neeli, nila, nili, neelay, safed, kala, kali, jamni, baingani, neela pan, neelapan, sleti`, `نیلا, نیلی, نیلے, سفید, کالا, کالی, جامنی, نیلا پن`},
	{"blood", `bleeding, blood, bleed, bleeds, bled, bleding, bleeting, blod, bleedin`, `khoon, khun, khon, blood, bleeding, khoon hi`, `خون, بلیڈنگ`},
	{"goes on", `nonstop, non stop, continuous, continuously, continuing, constantly, keeps, keep, still, hours, pouring, gushing, heavily, heavy, profusely, uncontrollable, uncontrollably, without stopping, unstoppable, soaked, soaking, squirting, spurting, again and again, a lot, too much, lost, again, started again, not controlled, full of, everywhere, buckets, flowing, bohat, wet with, through my, drenched, every few minutes, reopened, third towel, another towel, tissue after tissue, towel after towel`, `abhi tak, ab tak, musalsal, lagatar, beh raha, beh rha, thamta, ghanton, ghante, bohat ziada, bohat zyada, bohot zyada, bht zyada, continuous, phir se, phir, dobara, shuru ho, tapak, bhar gaya, bhar gai, nikle ja, behta, bohat, bahe ja, behe ja, bhar raha, bheeg, bhar gaye`, `ابھی تک, اب تک, مسلسل, لگاتار, بہہ رہا, گھنٹوں, گھنٹے, بہت زیادہ, پھر, دوبارہ, شروع ہو, ٹپک, بھر گیا, بھر گئی, بہت, بہے جا, بہتا جا, نکلے جا, رکے بغیر, بھر رہا, بھیگ`},
	{"stop", `stop, stopping, stopped, stops, stoping, end, clot, control, controlled, stp, stopp`, `band, ruk, rukta, rukna, ruka, rok, tham, thamta, thum, rukne, stop`, `بند, رک, رکتا, رکنے, روک, تھم, تھمتا`},
	{"does not", `not, wont, doesnt, dont, isnt, hasnt, didnt, cant, cannot, never, no, wouldnt, wont even, how do i, how can i`, `nahi, nhi, nehi, nahin, nahe, na, nai`, `نہیں, نہ`},
	{"runs now", `is coming, coming out, coming from, comes from, coming, dripping`, `nikal raha, nikal rha, nikl raha, aa raha, araha, nikle ja, nikal rahi, bahe ja, behe ja`, `نکل رہا, آ رہا, نکل رہی, بہے جا, بہتا جا, نکلے جا`},
	{"period", `period, periods, menses, nose, gums, gum`, `haiz, mahwari`, `حیض, ماہواری`},
	{"wound", `wound, wounds, sore, sores, cut, scab, scabs, crust, stitches, punctures, puncture, bandage, dressing, plaster`, `zakhm, zakham, zakhmon, pappri, khurand, khrind, patti, pati, bandage`, `زخم, زخموں, کھرنڈ, پٹی`},
	{"opened", `opened, open, opening, opens up, deep, wet, smelly`, `khul gaya, khul gai, gehra, geela, pak gaya, pak gai, pak raha, pak rahi`, `کھل گیا, گہرا, گیلا, پک گیا, پک رہا`},
	{"burnt", `burnt, burned, like a burn, burn wound`, `jal gai, jal gaya, jal gayi, jala hua, jali hui`, `جل گئی, جل گیا`},
	{"numb and dark", `dark grey and numb, grey and numb, black and numb, white then black, black scab, dark and numb, grey and cold`, `kali ho gai hai aur sun, siyah aur sun`, ``},
	{"raw", `is raw, looks raw, raw skin, skin raw, feels raw, are raw, and raw, raw underneath, raw and, raw flesh, looking raw, raw wound, raw patch, raw patches, raw area, like raw, flesh showing, flesh visible, raw meat, completely raw, skin is gone from, skin gone from, skin has gone from`, `gosht nazar, gosht nikal, gosht dikh, andar ka gosht`, `گوشت نظر, گوشت نکل, گوشت دکھ`},
	{"tender", ``, `kachi, kachhi, kachcha, zakhmi`, `کچی, کچا`},
	{"skin", `skin, layer, face, cheek, cheeks, sheets`, `jild, jld, skin, chamri, chamra, chehra, chehre, gaal, khaal`, `جلد, کھال, چمڑی, سکن, چہرے, چہرہ`},
	{"came off", `came off, coming off, comes off, come off, falling off, fell off, fallen off, off in sheets, off in layers, sloughing, ripped off, torn, tore, tearing, in sheets, in chunks, fell apart, peeled away, peeling away, came away, coming away, scraped off, sliding off, slid off, slides off, slipping off`, `utar gai, utar gayi, utr gai, utar gyi, utri, chhil gai, chhil gayi, chil gai, chil rahi, chil gayi, ukhar, ukhad, ukhar gai, nikal gai, alag ho, utar ke, jhar gai`, `اتر گئی, چھل گئی, چھل رہی, اکھڑ, الگ ہو`},
	{"goes black", `turning black, turned black, going black, gone black, goes black, becoming black, became black, black patch, black patches, black spot on the wound, blackening, blackened, black and dead, necrosis, necrotic, skin is dying, tissue is dying, turning grey, turned grey, going grey, gone grey, turning blue, turned blue, turning purple, going purple, gone purple`, `kali par rahi, kali par gai, kali par gayi, kala par raha, kala par gaya, siyah par rahi, siyah par gai, kali pad gai, kali pad rahi, siyah ho rahi, kali hoti ja, kala parta ja, kali ho rahi, kaali ho rahi, kala ho raha`, `کالی پڑ, کالا پڑ, سیاہ پڑ, سیاہ ہو رہی, کالی ہوتی جا, کالی ہو رہی, سیاہ ہو گئی`},
	{"tan or bruise", `sun, tan, tanned, tanning, sunburn, pigmentation, melasma, smoking, sunlight, bruise, bruises, bruising, bruised, mole, elbows, knees, underarms, nails`, `dhoop, dhup, rang, rangat, neel, kohni, kohniyan, ghutne, baghal, nakhun`, `دھوپ, رنگ, رنگت, نیل, کہنی, کہنیاں, گھٹنے, بغل, ناخن`},
	{"pricks inside", ``, `andar kuch chubh, andar kuch chub, andar se chubh`, `اندر کچھ چبھ`},
	{"splinter", `metal, sharp thing, something sharp, sharp object, splinter, bit of needle, piece of needle, tip`, `loha, lohe`, `لوہے, لوہا`},
	{"under the skin", `under my skin, in my skin, inside my, inside me, inside her, in her, in my, under her skin, poking out, sticking out, stuck`, `skin mein, jild mein, andar, gaal mein, chehre mein`, `جلد میں, اندر, گال میں`},
	{"needle", `needle, needles, neddle, nedle, needel, pin, tip`, `sui, suyi, sooi, soi, suee, suiyan, suiyon, needle, needal`, `سوئی, سوئیاں, نیڈل, سوئ`},
	{"broken or stuck", `broke, broken, stuck, snapped, left in, left inside, still in, still inside, piece, remained, embedded, lodged, stayed in, poking out, did not come out, didnt come out, not come out, sticking out, left a needle, sticking in`, `toot, tut, toota, tooti, tuti, tootl, reh gai, reh gayi, reh gya, rah gai, rah gayi, reh gaya, phans, phas, phansi, phasi, tukra, nikal nahi, nahi nikal`, `ٹوٹ, رہ گئی, رہ گیا, پھنس, ٹکڑا, نکل نہیں`},
	{"self-harm", `kill myself, killing myself, want to die, wanna die, wana die, wish i was dead, wish i were dead, wish to die, end my life, ending my life, suicide, suicidal, suicid, sucide, self harm, selfharm, hurt myself, hurting myself, harm myself, harming myself, cut myself, cutting myself, no point in living, no point living, no reason to live, nothing to live for, dont want to live, do not want to live, dont wanna live, dont want to be alive, dont want to be here anymore, better off dead, take my own life, taking my life, take my life, not worth living, isnt worth living, tired of living, tired of life, end it all, rather be dead, cant go on, cant live like this, cant live anymore, overdose, dont feel like living, feel like dying, lost the will to live, ending it, wants to die, want to be dead, better to be dead, be better dead, would miss me, done with life, take all my tablets, take all my pills, take all the pills, swallow all the pills, life is not worth, life isnt worth, life not worth, life is pointless, hate my life, ending my own life, not want to live, disappear forever, wish i didnt exist, wish i wasnt alive, wish i was not alive, slit my wrists, hang myself, jump off, she wanted to die, want it all to end, cant go on like this, not be alive, not to be alive, not want to wake up, dont want to wake up, never wake up, rather not live, no will to live, ready to die, going to kill myself, gonna kill myself, go to sleep and not wake, better without me, better off without me, everyone would be better, reason to be alive, reason to live, reason for living, reason to go on, dont deserve to live, dont want this life, strip of sleeping pills, bottle of sleeping pills, whole strip of, took all the pills, took all my pills, took too many pills, took too many tablets, swallowed pills, drank bleach, drank acid, drank phenyl, hurting my self, hurt my self, kill my self, killing my self, harm my self, want to disappear, wish i could disappear, wish i never woke, hope i dont wake, better if i die, better if i was dead, better if i wasnt here, i should die, i should just die, let me die, just want to die, wanna end it, want to end everything, end everything, ending everything, done living, cut my wrist, cut my wrists, cutting my wrists, not be here anymore, not want to be here anymore, cant live with this face, dont want to exist, suicidal thoughts, say goodbye to everyone, rather not wake, not wake up tomorrow, not want to be here, will hurt herself, will hurt himself, going to hurt herself, wants to hurt herself, hurting herself, kill herself, kill himself, killing herself, harm herself, harm himself, harming herself, cut herself, cutting herself, ending her life, end her life, she wants to die, he wants to die, if i vanished, care if i died, care if i was gone, cutting my arms, cutting my arm, cutting my thighs, cutting my legs, cut my arms, cuts her arms, cutting her arms, cuts herself, cuts himself`,
		`khudkushi, khud kushi, khudkashi, khudkhushi, khudkushy, marna chahti, marna chahta, mrna chahti, mar jana chahti, mar jana chahta, marjana chahti, jeena nahi chah, jeena nahi chahti, jeena nahi chahta, jina nahi chahti, jina nahi chahta, nahi jeena chahti, nahi jeena, jeene ka dil nahi, jeene ko dil nahi, jeene ka dil hi nahi, jeene ka man nahi, jeene ki khwahish, marne ka dil, marne ko dil, mar jaun, marjaun, mar jaungi, mar jaunga, mar jaon gi, mar jaon ga, marna behtar, mar jana behtar, khatam kar lun, khatam kar loon, kalai kaat, kalai kaati, nas kaat, goliyan kha ke mar, jeene ka faida, jeene ka fayda, jeena nahi, jene ka dil nahi, jaan de dun, jaan dene, apni jaan, zindagi khatam karna, zindagi khatam kar, zindagi se tang, zindagi se thak, zinda nahi rehna, zinda rehne ka, jeene se tang, khud ko nuqsan, khud ko khatam, khud ko maar, zinda rehne ka, zinda rehna nahi, zinda nahi rehna, zinda rehne ka koi faida nahi, zinda rehne ka faida nahi, jeene ka koi faida nahi, jeene ka faida nahi, jeene ka koi maqsad nahi, mar jana chahti, mar jana chahta, marne ka soch, marne ke khayal, khud ko khatm, zeher kha, zehr kha, zindagi bekar, khudko khatam, khudko nuqsan, khudko maar, khudko khatm, marne ka man, mar jana hi, mar jana acha, marna chahati, marne lagi, neend ki goliyan kha, neend ki golian kha, goliyan kha li, golian kha li, goliyan kha lin, sab khatam kar, sab khatm kar, khud ko khatam karna, nas kat, kalai kat, khud ko nuksan, khud ko takleef, jan de dun, jan le lun, jaan le lun, jaan lelun, apni jan, jeena nai, jeena mushkil, phanda, phansi laga, chhat se kood, zindagi nahi chahiye, zindagi nahi chahye, zinda rehne ka dil, zinda rehne ko dil, marne ki dua, maut aa jaye, mout aa jaye, maut achi, mout achi, apne aap ko khatam, apne aap ko maar, apne aap ko khatm, jiya nahi jata, jiya nahi ja, nahi jiya jata, nahi jiya ja, jee nahi sakti, jee nahi sakta, nahi jee sakti, nahi jee sakta, jeene ki himmat nahi, apne bazu kaat, apni jaan le`,
		`خودکشی, خود کشی, مرنا چاہ, مرنا چاہتی, مرنا چاہتا, جینا نہیں, جینے کا دل نہیں, جینے کو دل نہیں, مر جاؤں, مرنے کا دل, مرنے کو دل, زندگی ختم, جان دے, جان دینے, زندہ نہیں رہنا, زندگی سے تنگ, خود کو نقصان, خود کو ختم, زندہ رہنے کا, زندہ رہنے کا کوئی فائدہ نہیں, جینے کا کوئی فائدہ نہیں, مر جانا چاہ, مر جانا چاہتی, زہر کھا, مرنے کا سوچ, مرنے کا من, مر جانا ہی, نیند کی گولیاں کھا, گولیاں کھا لی, سب ختم کر, نس کاٹ, کلائی کاٹ, خود کو تکلیف, اپنی جان, جان لے, زندہ رہنے کو دل, زندہ رہنے کا دل, زندگی نہیں چاہیے, پھندا, موت آ جائے, جینا نہیں چاہ, زندگی سے تھک, موت اچھی, موت بہتر, اپنے آپ کو ختم, جیا نہیں جاتا, جیا نہیں جا, نہیں جیا جاتا, جینے کی ہمت نہیں`},
	{"hardly", `hardly, barely`, `mushkil se`, `مشکل سے`},
	{"marks of old", `warts, wart, moles, mole, freckles, melasma, pigmentation, pigment, jhaiyan, acne, pimples, pimple, scars, wrinkles, lines, pores, vitiligo, hair, confidence, news, word, business, knowledge, happiness`, `jhaiyan, chaiyan, chhaiyan, daag, dagh, masse, massay, til, dane, danay, keel, jhurriyan, jhurian, nishan, nishaan, warts, khabar, baat`, `جھائیاں, چھائیاں, داغ, مسے, تل, دانے, نشان, جھریاں, کیل, بات, خبر`},
	{"feverish degree", `101, 102, 103, 104, 105, 38, 39, 40, 41, 100 plus, above 100, over 100, 101f, 102f, 103f, 104f, 38c, 39c, 40c`, `101, 102, 103, 104, 105, 100 se upar, 101 hai, 102 hai`, ``},
	{"body", `body, chills, panadol, weak, ill, sick, unwell, headache, burning, thermometer, baby, son, daughter`, `jism, badan, kamzori, kapkapi, panadol, sar dard, tabiyat, tabyat`, `جسم, بدن, پیناڈول, طبیعت, کمزوری`},
	{"have degree", `i have, i had, i got, ive got, its at, having, it says, showing, measured, checked it, shows, went to, gone to, running`, ` aya hai, check kiya,`, ``},
	{"not even", `not equal, uneven, bigger than the other, larger than the other, bigger than other, twice the other`, `aik side, ek side, aik taraf, ek taraf`, `ایک طرف, ایک سائیڈ`},
	{"how now", `how do i, how do you, how to, how can i, what stops`, `kaise, kese, kaisy, kesy`, `کیسے`},
	{"turned dark", `black, blackish, dark, charcoal`, `kali ho gai, kala ho gaya, kaali ho gayi, siyah ho gai, kale ho gaye, kali hogai`, `کالی ہو گئی, کالا ہو گیا, سیاہ ہو`},
	{"treated spot", `where the needle, where the needles, where you did, where she did, where it was done, treated area, treated skin, treated part, needled area`, `jahan sui, jahan suiyan, jahan needle, jahan treatment, jahan session, jahan kiya`, `جہاں سوئی, جہاں علاج, جہاں سوئیاں`},
	{"kilo", `kg, kilo, kilos, rupees, rs, pkr, km, people, pounds, lbs, number, followers, saal, years, sessions`, `kg, kilo, rupay, log, saal, hazar`, ``},
	{"shadow", `shadow, shadows, curtain, black dots, dark patch, grey patch, cobwebs`, `saya, parda, kala dhabba`, `سایہ, پردہ`},
	{"is up", `are up, came up, come up, raised, enlarged, popped up, hard, big, tender`, `bari ho, barh gai, sakht`, `بڑھ گئی, سخت`},
	{"weather", `heat, weather, summer, humidity, humid, load shedding, noise, traffic, wait, waiting, outside, sun, queue, attitude, behaviour, behavior, rudeness, service`, `garmi, mausam, bijli, traffic, shor, intezar, rawaiya, sulook`, `گرمی, موسم, بجلی, ٹریفک, شور, انتظار, رویہ`},
	{"glad", `wedding, excited, excitement, happy, yay, love, crush, exam, interview, engagement, nikah, mehndi`, `shaadi, shadi, khushi, mangni, nikah, pyar`, `شادی, خوشی, منگنی, پیار`},
	{"jest", `laughing, lol, haha, hahaha, joking, without your serum, without your cream, without this cream, without this serum, without the cream, without the serum, without my coffee`, `lol, haha, cream ke bina, cream ke baghair, serum ke bina, serum ke baghair, chai ke bina, chai ke baghair`, `کریم کے بغیر, سیرم کے بغیر, چائے کے بغیر`},
	{"taken in", `swallowed, swallow, drank, drunk, drink, ate, eaten, eat, licked, ingested, gulped, in his mouth, in her mouth, in my mouth, in the mouth, in its mouth`, `pi liya, pee liya, pi li, pee li, pi gaya, pee gaya, kha li, kha liya, kha gaya, kha li hai, nigal, nigli, nigla, chaat, muh mein, munh mein`, `پی لیا, پی لی, پی گیا, کھا لی, کھا لیا, کھا گیا, نگل, چاٹ, منہ میں`},
	{"medicine", `tablet, tablets, pill, pills, medicine, medicines, chemical, numbing cream, numbing lotion, cream, lotion, serum, toner, capsule, capsules`, `goli, goliyan, golian, dawa, dawai, dawaiyan, cream, serum, lotion, toner, capsule, capsules`, `گولی, گولیاں, دوا, دوائی, کریم, سیرم, لوشن, ٹونر, کیپسول`},
	{"mistake or child", `mistake, mistakenly, accidentally, accident, by accident, meant for, baby, toddler, kid, child, my son, my boy, my daughter, my niece, my nephew, little one`, `ghalti, galti, bacha, bachi, bachay, bachey, bachon, beta, beti, betay, chotay bhai, choti behan`, `غلطی, بچہ, بچی, بچے, بیٹا, بیٹی, بیٹے, چھوٹے بھائی`},
	{"food", `milk, food, lunch, dinner, breakfast, tea, ice cream, icecream, cake, meal, water`, `doodh, khana, chai, ice cream, malai, roti`, `دودھ, کھانا, چائے, آئس کریم, ملائی, روٹی`},
	{"pillow", `pillow, pillowcase, pillow case, gauze, bandage, dressing, tissue, tissues, plaster`, `takiya, takiye, takiyay, patti, gauze`, `تکیہ, تکیے, پٹی`},
	{"stained", `stain, stains, stained, wet, soaked, stuck, marks, fills, filling, filled, full`, `dhabbe, dhabbay, dhabba, geela, geeli, bhar, bheeg`, `دھبے, دھبہ, گیلا, گیلی, بھر, بھیگ`},
	{"yellow or green", `yellow, yellowish, green, greenish, sticky`, `peela, peele, peeli, hara, hare, zard`, `پیلا, پیلے, پیلی, سبز, ہرے`},
	{"again", `again, another, keeps, still, fourth, third`, `baar baar, phir se, phir, badal`, `بار بار, پھر`},
	{"pressure", `pressure, tight band, heaviness, crushing, weight`, `bojh, dabao`, `بوجھ, دباؤ`},
	{"pregnant", `pregnant, pregnancy, i am expecting, im expecting, weeks along, trimester`, `pregnant, hamla, hamila, hamal, umeed se`, `حاملہ, حمل, امید سے`},
	{"took", `took, taken, swallowed, ate, eaten, popped`, `kha li, kha liya, kha liye, kha gaya, kha gai, khali`, `کھا لی, کھا لیا, کھا لیے, کھا گیا`},
	{"much at once", `together, at once, in one go, at one go, whole strip, whole packet, whole bottle, entire bottle, entire strip, a handful, handful of`, `ek sath, aik sath, ek hi baar, ek baar mein, poora patta, pura patta, poori sheeshi, saari goliyan, sari goliyan`, `ایک ساتھ, ایک بار میں, پورا پتا, پوری شیشی, ساری گولیاں`},
	{"unborn still", `baby hasnt moved, baby has not moved, baby not moving, baby is not moving, baby isnt moving, baby stopped moving, baby has stopped moving, baby stopped kicking, no kicks, not felt kicks, havent felt kicks, not felt any kicks, waters broke, water broke, waters have broken`, `bacha hil nahi, bacha nahi hil, bachay ki harkat nahi, bache ki harkat nahi, bachay ki harkat mehsoos nahi, bache ki harkat mehsoos nahi, pani ki theli`, `بچہ ہل نہیں, بچہ نہیں ہل, بچے کی حرکت, پانی کی تھیلی`},
	{"attacker", `husband, brother, father, mother, in laws, in law, boyfriend, fiance, uncle, ex, someone, somebody, man, they, he`, `shohar, mian, miyan, susral, saas, susar, devar, bhai, abbu, kisi ne, walon ne, us ne`, `شوہر, میاں, سسرال, ساس, سسر, دیور, بھائی, کسی نے, والوں نے, اس نے`},
	{"strikes", `hits me, hit me, beats me, beat me, beating me, beaten me, slapped me, punched me, choked me, strangled me, strangling me, burned my, burnt my, poured boiling, stabbed me, hitting her, beating her, beats her, will kill me`, `mara hai mujhe, mujhe mara, mujhe maara, maarta hai mujhe, mujhe maarta, phir mara, phir maara, gala dabaya, gala daba, maar dega, maar dalega, jala diya, ubalta pani`, `مجھے مارا, پھر مارا, مجھے مارتا, گلا دبایا, مار دے گا, جلا دیا, ابلتا پانی`},
	{"acid", `acid, boiling water, hot oil`, `tezab, tezaab, garam tel, garam pani`, `تیزاب, گرم تیل, گرم پانی`},
	{"thrown", `threw, thrown, throws, poured, splashed, spilled, flung`, `phenka, phenk, pheka, daal diya, gir gaya, gira diya, ura diya`, `پھینکا, پھینک, ڈال دیا, گر گیا`},
	{"net", `net pattern, net like, lacy, lace like, lace pattern, marble like, marbled, mottled, blotchy purple, dusky`, `jaal jaisa, jaal jaise, jaali jaisa`, `جال جیسا, جال جیسے`},
	{"no refill", `color does not come back, colour does not come back, color doesnt come back, colour doesnt come back, does not turn pink, doesnt turn pink, does not refill, stays white when i press`, `rang wapas nahi, rang wapis nahi, rang nahi wapas`, `رنگ واپس نہیں`},
	{"cramps", `cramps, cramping, spotting, bleeding`, `dard, maror`, `درد, مروڑ`},
}

// denials are the concepts whose terms hold a "not" of their own.
var denials = map[string]bool{"unable": true, "does not": true, "not easing": true, "no relief": true, "how now": true, "unborn still": true, "no refill": true}

var (
	contrasts = set(`but however though although whereas lekin lakin magar mgr balkay balke balki لیکن مگر بلکہ`)
	joiners   = set(`and aur or so then n اور`)
	subjects  = set(`i im ive my its it there she he her his now the mera meri mere mujhe ab abhi us uski میرا میری میرے مجھے اب`)
	fillers   = set(`hi hello hey salam aoa asalam assalam assalamualaikum alaikum o walaikum please plz pls dr doctor doc sir madam maam miss ok okay and so also but just btw then well um actually quick question`)
	// soundAlikes are words that share a key with a Roman Urdu term and mean something else: peeti (drinks) and pitti (hives).
	soundAlikes = set(`able kon naye kaam tum kall rukh bari baari bhaari bara barah bare baray bary chalo chaly chalaye chati peeti
		daarhi darhi daari dari bharta bharte bhartay banai taang char wo saas`)
	// lookAlikes are English words one slip away from a term above.
	lookAlikes = set(`strech stretch silver silvery leaving leaning leaping sleeping swapping dropping wearing washing needing injected injection injections inject painting feinting threat blending breeding smiling spelling sealing dwelling healing peeling feeling chilis
		skills spending reading bright brother racism facing pacing bigger closet clothing losing casing raging coming looking taking booking cooking visits version division
		filler filled fulled facial stinging string bringing closely tightly things trouble double bleach weeks weekly sticks tricky strict letter better butter sister sisters
		chilla stain stains stained whale whales shorter rasher ranges having saving waving shaving slower lowers flower stop shop needed needled needler`)
)

// compile builds the reader of the alarm rules from their tables.
func compile(concepts []concept, rules []rule) *reader {
	r := &reader{ids: map[string]int{}, terms: &term{}, typos: map[string][]string{}, known: map[string]bool{}, written: map[string]bool{}}
	for w := range lookAlikes {
		r.known[w] = true
	}
	for w := range common {
		r.known[w] = true
	}
	for id, c := range concepts {
		r.ids[c.name] = id
		r.learn(c.en, id, func(w string) string { return w })
		r.learn(c.urdu, id, func(w string) string { return cmp.Or(helpers[w], w) })
		r.learn(c.roman, id, r.romanKey)
	}
	for _, c := range alarmWords {
		r.bare = append(r.bare, pattern{concepts: []int{r.ids[c]}, evident: true})
	}
	for _, rule := range rules {
		r.rules = append(r.rules, r.compileRule(rule))
	}
	return r
}

// romanKey returns the key by which a word of a Roman Urdu term is found: its soft key, or after a ^ its skeleton; the word itself
// where the soft key is too short to tell it from others (gai, ge; nai, ne). It notes the word as written.
func (r *reader) romanKey(w string) string {
	if bare, ok := strings.CutPrefix(w, "^"); ok {
		return "^" + skeletonKey(bare)
	}
	r.written[w] = true
	if one, ok := helpers[w]; ok {
		return one
	}
	soft := softKey(w)
	if len(soft) < minSound {
		return w
	}
	return "~" + soft
}

// minSound is how many letters a soft key has that may stand for other spellings.
const minSound = 3

// learn enters a list of terms of one concept into the tree.
func (r *reader) learn(list string, id int, key func(string) string) {
	for _, t := range strings.Split(list, ",") {
		r.learnTerm(t, id, key)
	}
}

func (r *reader) learnTerm(t string, id int, key func(string) string) {
	node := r.terms
	for _, w := range unglued(strings.Fields(t)) {
		k := key(w)
		if k == w {
			r.learnTypos(w)
		}
		if node.next == nil {
			node.next = map[string]*term{}
		}
		if node.next[k] == nil {
			node.next[k] = &term{}
		}
		node = node.next[k]
	}
	if node != r.terms {
		node.concepts = append(node.concepts, id)
	}
}

// learnTypos makes a word known, and if it is long enough, findable with one slip.
func (r *reader) learnTypos(w string) {
	if r.known[w] {
		return
	}
	r.known[w] = true
	if len(w) < minTypo || w[0] >= utf8.RuneSelf {
		return
	}
	for i := range w {
		d := w[:i] + w[i+1:]
		r.typos[d] = append(r.typos[d], w)
	}
}

func (r *reader) compileRule(rl rule) compiledRule {
	out := compiledRule{name: rl.name}
	for _, text := range rl.patterns {
		p := pattern{always: rl.always}
		for _, part := range strings.Split(text, " + ") {
			switch name := strings.TrimPrefix(part, "without "); {
			case part == "now":
				p.evident = true
			case name != part:
				p.without = append(p.without, r.ids[name])
			default:
				p.concepts = append(p.concepts, r.ids[part])
				p.negative = p.negative || denials[part]
			}
		}
		out.patterns = append(out.patterns, p)
	}
	return out
}
